"""Nouns by which texts name those who vouch for something, and what kind of authority each stands for."""


def listed(words: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words.split())


#: one person who is not named
ONE = listed(
    """source official person man woman aide adviser advisor diplomat insider lawmaker voter resident witness expert
    analyst critic supporter investigator prosecutor officer employee worker executive strategist operative ally
    friend associate observer student doctor teacher economist scholar researcher professor lawyer attorney judge
    donor colleague relative neighbor neighbour participant attendee organizer member commentator pundit soldier
    general senator congressman congresswoman governor mayor minister ambassador envoy commander guest candidate
    reader user juror passenger customer driver detainee prisoner inmate refugee migrant mourner bystander onlooker fan
    commuter tourist negotiator whistleblower informant contractor consultant hacker fighter militant politician"""
)
#: several persons who are not named
SEVERAL = listed(
    """sources officials people persons men women aides advisers advisors diplomats insiders lawmakers voters
    residents witnesses experts analysts critics supporters investigators prosecutors officers employees
    workers executives strategists operatives allies friends associates observers students doctors teachers
    economists scholars researchers professors lawyers attorneys judges donors colleagues relatives
    neighbors neighbours participants attendees organizers members commentators pundits soldiers generals
    senators congressmen governors mayors ministers ambassadors envoys commanders guests candidates users
    readers others some many most several few opponents activists politicians lawyers scientists protesters
    jurors passengers customers drivers detainees prisoners inmates refugees migrants mourners bystanders onlookers
    fans commuters tourists negotiators whistleblowers informants contractors consultants hackers fighters militants
    authorities historians scientists traders investors americans briefers leaders"""
)
#: words that begin a description behind a noun for persons: "a source close to the board"
REDUCED = listed("close familiar briefed involved aware privy knowledgeable acquainted")
#: speak for the body that they are named with
SPEAKERS = listed("spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons representative")
DOCUMENTS = listed(
    """report statement letter memo memorandum document documents filing filings lawsuit complaint order ruling
    bill law by-law bylaw indictment transcript transcripts email emails e-mail e-mails text tweet post
    tweets release record records brief affidavit agreement resolution text book study studies review paper
    audit article column speech cable cables declaration communique communiqué draft proposal plan petition
    opinion verdict testimony footage video recording audio analysis assessment findings files constitution
    treaty manual website guidance research disclosure disclosures advisory notice manifesto warrant
    subpoena dossier presentation brochure pamphlet leaflet booklet handbook guideline guidelines charter
    doctrine comments remarks minutes papers invoice invoices screenshot screenshots images imagery photographs
    memoir memoirs bulletin newsletter messages"""
)
DATA = listed(
    """poll polls survey surveys data figures statistics numbers census database index tally average averages
    results estimates polling exit-polls barometer count projections forecasts tallies"""
)
#: what an outlet or its work is called
PRESS = listed(
    """report newspaper paper magazine outlet agency network channel broadcaster station site website story article
    tabloid daily weekly newswire wire publication editorial piece op-ed column interview dispatch scoop"""
)
REPORTERS = listed("reporter correspondent journalist photographer witness reporters correspondents journalists")
VAGUE = listed(
    """headlines headline media reports rumors rumours press narrative story gossip speculation it this that which there
    nobody everyone everybody anyone"""
)
GROUPS = listed(
    """ministry department government administration campaign company firm office committee party court council
    commission agency bank army military police authority union association group team house senate congress
    parliament kremlin pentagon university institute foundation organization organisation board bureau embassy
    coalition alliance faction regime state city county union church fund corporation center centre club league
    hospital school service force forces ministries republicans democrats conservatives liberals nation country
    leadership majority minority side camp delegation cabinet opposition white inspectorate directorate secretariat
    command staff panel think-tank"""
)
#: capitals and countries stand for their governments
PLACES = listed(
    """moscow washington beijing kyiv kiev london paris berlin brussels tehran ankara jerusalem riyadh tokyo delhi
    seoul pyongyang warsaw rome madrid vienna budapest minsk damascus baghdad cairo islamabad kabul doha ottawa
    canberra taipei russia ukraine china america britain france germany israel iran iraq syria turkey poland italy
    spain hungary india pakistan japan taiwan egypt qatar belarus mexico canada australia brazil venezuela cuba
    europe nato eu u.s us uk un u.n u.k hamas hezbollah isis"""
)
TITLES = listed(
    """speaker leader whip commissioner sheriff officer manager adviser advisor anchor host ceo correspondent coach
    candidate nominee strategist analyst columnist editor reporter mr mrs ms dr prof sir dame lord lady president
    vice prime minister secretary senator sen rep representative gov governor gen general col colonel lt capt
    captain sgt judge justice ambassador chancellor mayor chairman chairwoman director chief spokesman spokeswoman
    professor former ex-president king queen prince pope cardinal rabbi rev attorney deputy assistant foreign
    defense defence finance state press national security"""
)
#: offices that one person at a time holds: who "the governor" is can be looked up, even if the text does not say it
OFFICES = listed(
    """minister ambassador governor mayor premier president chancellor secretary speaker chairman chairwoman chair
    chief director commissioner sheriff commander treasurer superintendent coroner king queen pope ceo archbishop
    comptroller ombudsman"""
)
#: what a person is or does, beside the nouns above: "Baker Tom Hall", "the widow"
OCCUPATIONS = listed(
    """architect artist baker banker captain carpenter chef chemist clerk cook coroner detective dean dike-warden
    eyewitness farmer father fisherman founder geologist grandmother grandfather guard guide head historian
    husband inspector jockey journalist keeper landlord landlady locksmith marshal mayor mother mum dad miner
    monk nun nurse owner parent patient pensioner physicist pilot player poet potter premier priest principal
    rector ranger sailor secretary skipper shopkeeper superintendent surgeon survivor tenant trader treasurer
    victim vicar warden widow widower wife boss billionaire celebrity superstar star actor actress singer author
    writer novelist biologist campaigner activist shareholder commissioner magistrate midwife paramedic
    firefighter apprentice pupil captain coxswain volunteer musician bishop archbishop sheikh imam chaplain
    envoy magnate tycoon heir heiress neighbour neighbor teenager"""
)
PERSONS = ONE | SEVERAL | SPEAKERS | OCCUPATIONS | listed("crowd audience father mother son daughter")
#: last words of the names of firms and institutions; a person bears them only behind a given name
FIRM_WORDS = listed(
    """motors steel glass paper rail railway railways research energy power oil gas petroleum chemical chemicals
    foods food pictures studios records entertainment games systems technologies technology tech software labs
    laboratories laboratory pharma pharmaceuticals biotech healthcare insurance financial finance holdings
    holding industries industrial global ventures properties estates homes housing construction builders
    engineering logistics shipping lines ferries transport transit airways aviation aerospace telecom telecoms
    communications mobile networks water mining minerals metals cement timber brands stores supermarkets markets
    hotels resorts theatre theater opera orchestra museum gallery library zoo cathedral college academy clinic
    station airport federation chamber confederation observatory inspectorate registry brewery dairy mills works
    yards shipyard shipyards trust council exchange securities investments electric electronics semiconductor
    semiconductors automotive cars trains boats marine fisheries farms growers producers refinery refineries
    mutual consulting advisers solutions"""
)
#: call a firm or another body again: "The company said"
FIRMS = listed(
    """company firm maker manufacturer carrier airline retailer chain bank operator developer giant start-up
    startup business supplier employer brand conglomerate lender insurer publisher utility producer builder refiner
    shipyard brewer automaker carmaker drugmaker chipmaker steelmaker corporation"""
)
#: words that show a name to be that of a body
BODY_WORDS = (
    GROUPS
    | FIRM_WORDS
    | listed(
        """inc corp ltd llc plc co ag group nations international federation republic times post news journal press
    society trust partners capital airlines motors bloc summit oxfam committee caucus project initiative america
    watch amnesty"""
    )
)
#: an unlisted outlet shows itself by the end of its name
PRESS_NAMES = listed(
    """times post news journal tribune herald gazette chronicle observer telegraph globe courier dispatch examiner
    inquirer sentinel register mirror daily weekly radio television tv today beast zeitung"""
)
#: who or what a word can be passed on from, and no reason: "citing two aides", not "citing bad weather"
VOUCHERS = PERSONS | OFFICES | DATA | DOCUMENTS | PRESS | GROUPS
MALE, FEMALE = listed("he him mr sir lord king prince mr."), listed("she her mrs ms dame lady queen mrs. ms.")
