"""The codes of languages and currencies, and the words that people write in their place."""

from typing import Final


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


LANGUAGES: Final = _codes(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """
)
"""ISO 639-1."""
LANGUAGE_WORDS: Final = _pairs(
    "english=en latvian=lv spanish=es russian=ru german=de french=fr italian=it polish=pl "
    "lithuanian=lt estonian=et finnish=fi swedish=sv norwegian=no danish=da dutch=nl "
    "portuguese=pt ukrainian=uk czech=cs greek=el turkish=tr japanese=ja chinese=zh korean=ko "
    "arabic=ar latviešu=lv latviski=lv español=es русский=ru deutsch=de français=fr "
    "lat=lv eng=en esp=es rus=ru ger=de fra=fr us=en gb=en cz=cs dk=da gr=el jp=ja cn=zh ua=uk"
)
LONG_LANGUAGES: Final = _codes(
    """
    agq ann apc arn asa ast bal bas bem bew bez bgc bgn bho blo blt brx bss byn cad cch ccp ceb cgg
    cho chr cic ckb cop csw dav dje doi dsb dua dyo ebu ewo fil frr fur gaa gez gsw guz haw hnj hsb
    jbo jgo jmc kaa kab kaj kam kcg kde kea ken kgp khq kkj kln kok kpe ksb ksf ksh kxv lag lij lkt
    lld lmo lrc ltg luo luy mai mas mdf mer mfe mgh mgo mhn mic mni moh mua mus myv mzn naq nds nmg
    nnh nqo nso nus nyn osa pap pcm pis prg quc raj rhg rif rof rwk sah saq sat sbp scn sdh seh ses
    shi shn sid skr sma smj smn sms ssy syr szl teo tig tok tpi trv trw twq tyv tzm vai vec vmw vun
    wae wal wbp xnr xog yav yrl yue zgh
    """
)
"""Languages of three letters, which have no code of two and that Unicode knows (CLDR 48)."""
SHORTENED: Final = _pairs(
    "aar=aa abk=ab ave=ae afr=af aka=ak fat=ak twi=ak amh=am arg=an ara=ar arb=ar asm=as ava=av "
    "aym=ay ayr=ay aze=az azj=az bak=ba bel=be bul=bg bis=bi bam=bm ben=bn bod=bo tib=bo bre=br "
    "bos=bs cat=ca che=ce cha=ch cos=co cre=cr cwd=cr ces=cs cze=cs chu=cu chv=cv cym=cy wel=cy "
    "dan=da deu=de div=dv adp=dz dzo=dz ewe=ee ell=el gre=el epo=eo spa=es ekk=et est=et baq=eu "
    "eus=eu fas=fa per=fa pes=fa fuc=ff ful=ff fin=fi fij=fj fao=fo fre=fr fry=fy gle=ga gla=gd "
    "glg=gl grn=gn gug=gn guj=gu prp=gu glv=gv hau=ha heb=he hin=hi hmo=ho hrv=hr scr=hr hat=ht "
    "hun=hu arm=hy hye=hy her=hz ina=ia ind=id ile=ie ibo=ig iii=ii esk=ik ipk=ik ido=io ice=is "
    "isl=is ita=it ike=iu iku=iu jpn=ja jav=jv geo=ka kat=ka kng=kg kon=kg kik=ki kua=kj kaz=kk "
    "kal=kl khm=km kan=kn kor=ko kau=kr knc=kr kas=ks kmr=ku kur=ku kom=kv kpv=kv cor=kw kir=ky "
    "ltz=lb lug=lg lim=li lin=ln lao=lo lit=lt lub=lu lav=lv lvs=lv mlg=mg plt=mg mah=mh mao=mi "
    "mri=mi mac=mk mkd=mk mal=ml drh=mn khk=mn mon=mn mar=mr may=ms msa=ms zsm=ms mlt=mt bur=my "
    "mya=my nau=na nob=nb nde=nd nep=ne npi=ne ndo=ng dut=nl nld=nl nno=nn nor=no nbl=nr nav=nv "
    "nya=ny oci=oc ojg=oj oji=oj gaz=om orm=om ori=or ory=or oss=os pan=pa pli=pi pol=pl pbu=ps "
    "pus=ps por=pt que=qu quz=qu roh=rm run=rn mol=ro ron=ro rum=ro kin=rw cls=sa san=sa src=sc "
    "srd=sc snd=sd sme=se sag=sg sin=si slk=sk slo=sk slv=sl smo=sm sna=sn som=so alb=sq als=sq "
    "sqi=sq scc=sr srp=sr ssw=ss sot=st sun=su swe=sv swa=sw swh=sw tam=ta tel=te tgk=tg tha=th "
    "tir=ti tuk=tk tsn=tn ton=to tur=tr tso=ts tat=tt tah=ty uig=ug ukr=uk urd=ur uzb=uz uzn=uz "
    "ven=ve vie=vi vol=vo wln=wa wol=wo xho=xh ydd=yi yid=yi yor=yo zha=za zyb=za chi=zh cmn=zh "
    "zho=zh zul=zu"
)
"""Three letters that stand for a language with two (the aliases of CLDR 48)."""
SCRIPTS: Final = _codes(
    "Adlm Arab Beng Cyrl Deva Guru Hans Hant Latn Mong Mtei Olck Orya Telu Tfng Vaii"
)
"""Of languages that are written in several (ISO 15924)."""
REGIONS: Final = _codes(
    """
    001 150 419
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM
    DO DZ EA EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT
    GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM
    ZW
    """
)
"""ISO 3166-1, and the world, Europe and Latin America (UN M49)."""
CURRENCIES: Final = _codes(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
)
"""ISO 4217."""
CURRENCY_WORDS: Final = _pairs(
    "€=EUR euro=EUR euros=EUR eiro=EUR $=USD us$=USD dollar=USD dollars=USD £=GBP pound=GBP "
    "pounds=GBP ₽=RUB rouble=RUB zł=PLN zloty=PLN ¥=JPY yen=JPY kč=CZK kr=SEK ₴=UAH fr=CHF"
)
ABBREVIATIONS: Final = _pairs(
    "EET=Europe/Riga EEST=Europe/Riga CET=Europe/Madrid CEST=Europe/Madrid MET=Europe/Berlin "
    "WET=Europe/Lisbon WEST=Europe/Lisbon GMT=Europe/London BST=Europe/London MSK=Europe/Moscow "
    "EST=America/New_York EDT=America/New_York CST=America/Chicago CDT=America/Chicago "
    "MST=America/Denver MDT=America/Denver PST=America/Los_Angeles PDT=America/Los_Angeles "
    "IST=Asia/Kolkata JST=Asia/Tokyo"
)
"""Of zones of time, with a place that keeps it."""

CURRENCY_DECIMALS: Final = {
    **dict.fromkeys(_codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"), 0),
    **dict.fromkeys(_codes("BHD IQD JOD KWD LYD OMR TND"), 3),
}
"""How many decimals a currency has, where it has not two (ISO 4217, minor units, 2026-11)."""
