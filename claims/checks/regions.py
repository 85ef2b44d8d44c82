"""Names of places that hold many others: countries, continents, states. Lower case, as they stand in English news."""

REGIONS = frozenset(
    """africa|asia|europe|north america|south america|latin america|middle east|america|united states|us|usa|uk|
    united kingdom|britain|great britain|england|scotland|wales|northern ireland|ireland|france|germany|italy|spain|
    portugal|netherlands|belgium|luxembourg|switzerland|austria|poland|czech republic|slovakia|hungary|romania|bulgaria|
    greece|turkey|cyprus|malta|croatia|serbia|bosnia|slovenia|kosovo|albania|macedonia|montenegro|moldova|ukraine|
    belarus|russia|estonia|latvia|lithuania|finland|sweden|norway|denmark|iceland|georgia|armenia|azerbaijan|kazakhstan|
    uzbekistan|turkmenistan|kyrgyzstan|tajikistan|afghanistan|pakistan|india|bangladesh|sri lanka|nepal|bhutan|china|
    taiwan|hong kong|mongolia|north korea|south korea|korea|japan|vietnam|laos|cambodia|thailand|myanmar|malaysia|
    indonesia|philippines|singapore|brunei|australia|new zealand|papua new guinea|fiji|iran|iraq|syria|lebanon|israel|
    gaza|west bank|palestine|jordan|saudi arabia|yemen|oman|qatar|bahrain|kuwait|united arab emirates|egypt|libya|
    tunisia|algeria|morocco|sudan|south sudan|ethiopia|eritrea|somalia|kenya|uganda|rwanda|burundi|tanzania|congo|
    angola|zambia|zimbabwe|mozambique|malawi|botswana|namibia|south africa|madagascar|nigeria|niger|mali|chad|senegal|
    gambia|guinea|sierra leone|liberia|ivory coast|ghana|togo|benin|cameroon|gabon|canada|mexico|guatemala|honduras|
    el salvador|nicaragua|costa rica|panama|cuba|jamaica|haiti|dominican republic|puerto rico|colombia|venezuela|guyana|
    suriname|ecuador|peru|bolivia|chile|argentina|uruguay|paraguay|brazil|alabama|alaska|arizona|arkansas|california|
    colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|
    massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|
    new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|
    tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|new england|midwest|ontario|quebec|
    british columbia|alberta|bavaria|catalonia|crimea|donbas|kashmir|tibet|xinjiang|siberia|gulf|balkans|caribbean
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
