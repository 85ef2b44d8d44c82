"""Words that say little about which event a text is on: general knowledge of the language, no count over any corpus.

``FUNCTION_WORDS`` carry no content at all and are left out. ``NEWS_WORDS`` are in every other news text (months,
offices, verbs of saying, perennial names) and weigh little beside a rare word.
"""

_ENGLISH = """
a about above after again against all almost already also although always am among an and another any anybody anyone
anything are aren around as at away back be because been before being below between both but by can cannot could
couldn did didn do does doesn doing don done down during each either else enough even ever every everybody everyone
everything few for from further get gets getting give given gives go goes going gone got had hadn has hasn have
haven having he her here hers herself him himself his how however i if in indeed instead into is isn it its itself
just keep kept know known last later least less let like ll made make makes making many may maybe me might more most
much must mustn my myself near nearly never next no nobody none nor not nothing now of off often on once one only
onto or other others otherwise our ours ourselves out over own per perhaps put quite rather re really same see seem
seemed seems seen several shall she should shouldn since so some somebody someone something still such take taken
takes than that the their theirs them themselves then there therefore these they thing things this those though
through thus to together too took toward towards two under until up upon us use used using ve very via was wasn way
we well went were weren what whatever when where whether which while who whole whom whose why will with within
without won would wouldn yes yet you your yours yourself s t d m
"""

_OTHER_LANGUAGES = """
der die das den dem des ein eine einen einem einer eines und oder aber nicht auch auf aus bei bis durch für gegen im
ins ist mit nach noch nur ohne sich sie sind so über um von vor war was wegen weil wenn wer werden wie wird wir
wurde zu zum zur als am an dass doch er es hat haben ich ihr ihre kein keine man mehr sein seine sei soll schon
unter zwischen le la les un une des du de et ou mais ne pas que qui quoi dans par pour sur avec sans sous ce cette
ces son sa ses leur leurs il elle ils elles nous vous on est sont été être avoir ont au aux plus comme si se en y
dont où après avant selon el los las una unos unas del al por para con sin sobre entre y o u pero no que quien como
más su sus lo le les se es son fue ha han está están este esta estos estas ese esa tras según desde hasta cuando
donde il lo gli i una uno della delle dei degli nel nella nei nelle sul sulla per con tra fra che chi non più è sono
era ha hanno anche come dopo prima secondo alla alle agli dal dalla os as um uma do da dos das no na nos nas pelo
pela para com sem ou mas não mais é são foi ser ao aos à às seu sua seus het een van op te dat die is niet zijn voor
met aan ook door naar maar om bij uit nog wel geen
"""

_NEWS = """
according added adding address administration adviser afternoon agency ago agree agreed aide allow america american
americans announce announced announcement answer appear appeared april article ask asked asking associate attack
attempt august authority bad became become began begin beginning believe best better big bill board bring brought
build business call called calling calls came campaign candidate capital care case cause center central century
chair chairman challenge chance change chief child children cite cited citizen city claim claimed clear close come
comes coming comment commission committee community company conference confirm congress congressional consider
considered continue continued control cost council country countries court create current currently day days deal
december decide decided decision democrat democratic democrats department deputy despite did different director
discuss discussion division draw early earlier east economic economy effect effort election email end ended english
event evening evidence expect expected face fact fall family far february federal feel felt fight figure final find
finally first five follow followed following force foreign form former found four free friday full fund future
general good government governor great group growing half hand happen happened hard head hear heard hearing help
high higher hill hit hold home hope hour hours house human hundred idea images important include included including
increase independent individual industry information interest international interview investigation issue issued
january job join joined journal july june justice key lack large largest late latest law lawmaker lawmakers lawyer
lead leader leaders leadership leading learn leave led left legal legislation letter level life line list little
live local long look looking lose lost lot low main major majority man march matter mean means media meet meeting
member members men message military million minister minute moment monday money month months morning move national
nearby need needed new news night north november number october offer offered office official officials old open
opportunity opposition order organization part particular party pass passed past pay people percent period person
phone place plan planned plans play point pointed police policy political politics position possible post power
president presidential press pressure prime prior private problem process program project promise provide public
published push question questions quickly raise raised ran reach read ready real reason received recent recently
record release released remain remark remarks report reported reportedly reporter reporters reports representative
representatives republican republicans request response responsibility rest result return review right rights rise
role room rule rules run running said saturday saw say saying says school second secretary section security seek
seeking senate senator senators senior sent september series serious served service set seven share short show
showed shown shows side sign similar simply single sit situation six small social source sources south speak speaker
special speech spend spent spoke spokesman spokesperson spokeswoman stand start started state statement states stay
step stop story strong subject sunday support supporter supporters supports sure system talk talked talks team tell
telling term terms thanks think thought thousand three thursday time times today told tomorrow tonight top total
tough tried true try trying tuesday turn turned united university use video view voice vote voted voter voters want
wanted wants war warned washington watch wednesday week weekend weeks west white win woman women word words work
worked worker working world worth write wrote year years yesterday york young twitter facebook photo image biden
clinton obama putin trump bush european union britain china russia russian germany france europe gop u.s uk eu un
"""

FUNCTION_WORDS = frozenset(f"{_ENGLISH}{_OTHER_LANGUAGES}".split())
NEWS_WORDS = frozenset(_NEWS.split())
