"""Sentences of our own in many languages, and the encodings in which texts of these languages are found."""

from __future__ import annotations

SENTENCES = {
    "Czech": (
        "Předseda vlády v pondělí oznámil, že přístav bude do příštího léta uzavřen kvůli opravám.",
        "Podle správce jezera klesla hladina o více než půl metru a ryby se stáhly k severnímu břehu.",
        "Žádný z dělníků si nevšiml, že se stará zeď nad řekou za poslední zimu naklonila.",
    ),
    "Polish": (
        "Prezydent miasta zapowiedział w środę, że nabrzeże zostanie zamknięte jeszcze przed świętami.",
        "Według zarządcy jeziora woda opadła o ponad pół metra, a ryby odpłynęły ku północnemu brzegowi.",
        "Nikt z robotników nie zauważył, że stara ściana nad rzeką przechyliła się ostatniej zimy.",
    ),
    "Hungarian": (
        "A polgármester hétfőn bejelentette, hogy a kikötőt a jövő nyárig felújítás miatt lezárják.",
        "A tó kezelője szerint a vízszint több mint fél méterrel csökkent, és a halak az északi part felé húzódtak.",
        "Egyik munkás sem vette észre, hogy a folyó fölötti régi fal az elmúlt télen megdőlt.",
    ),
    "Slovak": (
        "Primátor v utorok oznámil, že prístav zostane do budúceho leta zatvorený pre opravy nábrežia.",
        "Podľa správcu jazera klesla hladina o viac než pol metra a ryby sa stiahli k severnému brehu.",
        "Nikto z robotníkov si nevšimol, že sa starý múr nad riekou počas poslednej zimy naklonil.",
    ),
    "Slovene": (
        "Župan je v četrtek sporočil, da bo pristanišče zaradi popravil zaprto do prihodnjega poletja.",
        "Po besedah upravitelja jezera se je gladina znižala za več kot pol metra, ribe pa so šle proti severu.",
        "Nihče od delavcev ni opazil, da se je stari zid nad reko preteklo zimo močno nagnil.",
    ),
    "Romanian": (
        "Primarul a anunţat luni că portul va fi închis până la vara viitoare din cauza reparaţiilor.",
        "Potrivit administratorului lacului, nivelul apei a scăzut cu peste o jumătate de metru, iar peştii au plecat.",
        "Niciunul dintre muncitori nu a observat că zidul vechi de lângă râu s-a înclinat în iarna trecută.",
    ),
    "Croatian": (
        "Gradonačelnik je u srijedu najavio da će luka biti zatvorena do idućega ljeta zbog popravaka.",
        "Prema riječima upravitelja jezera razina vode pala je više od pola metra, a ribe su otišle prema sjeveru.",
        "Nitko od radnika nije primijetio da se stari zid iznad rijeke prošle zime nagnuo.",
    ),
    "German": (
        "Der Bürgermeister kündigte am Montag an, dass der Hafen bis zum nächsten Sommer geschlossen bleibt.",
        "Nach Angaben der Behörde ist der Spiegel des Sees um über einen halben Meter gefallen; die Fische zogen fort.",
        "Keiner der Arbeiter hatte bemerkt, dass sich die alte Mauer über dem Fluss im Winter geneigt hatte.",
    ),
    "French": (
        "Le maire a annoncé lundi que le port resterait fermé jusqu’à l’été prochain à cause des travaux.",
        "Selon le gérant du lac, le niveau a baissé de plus d’un demi-mètre et les poissons sont partis vers le nord.",
        "Aucun des ouvriers n’avait remarqué que le vieux mur au-dessus de la rivière s’était penché cet hiver.",
    ),
    "Spanish": (
        "El alcalde anunció el miércoles que el puerto seguirá cerrado hasta el próximo verano por las obras.",
        "Según el encargado del lago, el nivel bajó más de medio metro y los peces se fueron hacia la orilla norte.",
        "Ninguno de los peones notó que el viejo muro, encima del río, se había inclinado en otoño; ¿quién sabía?",
    ),
    "Portuguese": (
        "O presidente da câmara anunciou na segunda-feira que o porto ficará fechado até ao próximo verão.",
        "Segundo a administração do lago, o nível desceu mais de meio metro e os peixes foram para a margem norte.",
        "Nenhum dos operários reparou que a velha parede junto ao rio se tinha inclinado durante a última estação.",
    ),
    "Swedish": (
        "Borgmästaren meddelade på måndagen att hamnen förblir stängd till nästa sommar på grund av reparationer.",
        "Enligt sjöns förvaltare har nivån sjunkit med mer än en halv meter, och fiskarna har dragit sig norrut.",
        "Ingen av arbetarna hade märkt att den gamla muren ovanför ån hade börjat luta under vintern.",
    ),
    "Finnish": (
        "Kaupunginjohtaja ilmoitti maanantaina, että satama pysyy suljettuna ensi kesään korjausten vuoksi.",
        "Järven hoitajan mukaan pinta on laskenut yli puoli metriä, ja kalat ovat siirtyneet pohjoista rantaa kohti.",
        "Kukaan työmiehistä ei ollut huomannut, että vanha muuri joen yllä oli kallistunut viime talvena.",
    ),
    "Danish": (
        "Borgmesteren meddelte mandag, at havnen forbliver lukket indtil næste sommer på grund af arbejdet.",
        "Ifølge søens bestyrer er vandet faldet mere end en halv meter, og fiskene er trukket mod den nordlige bred.",
        "Ingen af arbejderne havde bemærket, at den gamle mur over åen hældede efter den sidste vinter.",
    ),
    "Turkish": (
        "Belediye başkanı pazartesi günü limanın onarım nedeniyle gelecek yaza kadar kapalı kalacağını açıkladı.",
        "Gölün sorumlusuna göre su düzeyi yarım metreden fazla düştü ve balıklar kuzey kıyısına doğru çekildi.",
        "İşçilerden hiçbiri ırmağın üstündeki eski duvarın geçen kış eğildiğini fark etmemişti.",
    ),
    "Russian": (
        "Мэр объявил в понедельник, что порт будет закрыт до следующего лета из-за ремонта набережной.",
        "По словам смотрителя озера, вода опустилась больше чем на полметра, и рыба ушла к северному берегу.",
        "Никто из рабочих не заметил, что старая стена над рекой за последнюю зиму наклонилась.",
    ),
    "Ukrainian": (
        "Міський голова оголосив у понеділок, що порт буде зачинено до наступного літа через ремонт.",
        "За словами доглядача озера, вода впала більш ніж на пів метра, і риба пішла до північного берега.",
        "Ніхто з робітників не помітив, що старий мур над річкою за останню зиму похилився.",
    ),
    "Bulgarian": (
        "Кметът обяви в понеделник, че пристанището ще остане затворено до следващото лято заради ремонт.",
        "Според управителя на езерото водата е спаднала с повече от половин метър и рибата е отишла на север.",
        "Никой от работниците не беше забелязал, че старият зид над реката се е наклонил през зимата.",
    ),
    "Serbian": (
        "Градоначелник је у понедељак најавио да ће лука бити затворена до следећег лета због поправки.",
        "Према речима управника језера, вода је опала више од пола метра, а рибе су отишле ка северној обали.",
        "Нико од радника није приметио да се стари зид изнад реке прошле зиме нагнуо.",
    ),
    "Greek": (
        "Ο δήμαρχος ανακοίνωσε τη Δευτέρα ότι το λιμάνι θα μείνει κλειστό ως το επόμενο καλοκαίρι λόγω εργασιών.",
        "Σύμφωνα με τον φύλακα της λίμνης, το νερό έπεσε πάνω από μισό μέτρο και τα ψάρια έφυγαν προς τα βόρεια.",
        "Κανένας από τους εργάτες δεν είχε προσέξει ότι ο παλιός τοίχος πάνω από το ποτάμι είχε γείρει.",
    ),
    "Hebrew": (
        "ראש העיר הודיע ביום שני כי הנמל יישאר סגור עד הקיץ הבא בגלל עבודות השיפוץ.",
        "לדברי המנהל של האגם ירד מפלס המים ביותר מחצי מטר והדגים עברו אל החוף הצפוני.",
        "איש מן הפועלים לא הבחין כי הקיר הישן מעל הנהר נטה על צדו בחורף האחרון.",
    ),
    "Arabic": (
        "أعلن رئيس البلدية يوم الاثنين أن الميناء سيبقى مغلقا حتى الصيف القادم بسبب أعمال الترميم.",
        "وقال حارس البحيرة إن مستوى الماء انخفض أكثر من نصف متر وإن الأسماك ذهبت نحو الشاطئ الشمالي.",
        "لم يلاحظ أحد من العمال أن الجدار القديم فوق النهر قد مال في الشتاء الماضي.",
    ),
    "Thai": (
        "นายกเทศมนตรีประกาศเมื่อวันจันทร์ว่าท่าเรือจะปิดจนถึงฤดูร้อนปีหน้าเพราะการซ่อมแซม",
        "ผู้ดูแลทะเลสาบกล่าวว่าระดับน้ำลดลงกว่าครึ่งเมตรและปลาย้ายไปทางฝั่งเหนือ",
        "ไม่มีคนงานคนใดสังเกตว่ากำแพงเก่าเหนือแม่น้ำเอียงไปในฤดูหนาวที่ผ่านมา",
    ),
    "Lithuanian": (
        "Meras pirmadienį pranešė, kad uostas dėl remonto bus uždarytas iki kitos vasaros pabaigos.",
        "Pasak ežero prižiūrėtojo, vanduo nuslūgo daugiau kaip pusę metro, o žuvys pasitraukė į šiaurinį krantą.",
        "Nė vienas darbininkas nepastebėjo, kad sena siena virš upės praėjusią žiemą pasviro.",
    ),
    "Japanese": (
        "市長は月曜日、港は岸壁の修理のため来年の夏まで閉鎖されると発表した。",
        "湖の管理人によると、水位は五十センチ以上も下がり、魚は北の岸へ移ったという。",
        "川の上にある古い壁が去年の冬に傾いたことに気づいた作業員は一人もいなかった。",
    ),
    "Chinese": (
        "市长星期一宣布，由于码头需要修理，港口将关闭到明年夏天。",
        "据湖泊管理员说，水位下降了半米多，鱼都游到北岸去了。",
        "没有一个工人注意到河边的旧墙在去年冬天已经倾斜。",
    ),
    "Chinese, traditional": (
        "市長星期一宣布，由於碼頭需要修理，港口將關閉到明年夏天。",
        "據湖泊管理員說，水位下降了半米多，魚都游到北岸去了。",
        "沒有一個工人注意到河邊的舊牆在去年冬天已經傾斜。",
    ),
    "Korean": (
        "시장은 월요일에 부두 수리 때문에 항구가 내년 여름까지 닫힌다고 발표했다.",
        "호수 관리인에 따르면 수위가 반 미터 넘게 내려갔고 물고기는 북쪽 기슭으로 옮겨 갔다.",
        "강 위의 오래된 벽이 지난겨울에 기울었다는 것을 알아챈 일꾼은 아무도 없었다.",
    ),
}
_LATIN_2 = ("cp1250", "iso8859-2")
_WESTERN = ("cp1252",)
_CYRILLIC = ("cp1251", "iso8859-5")
ENCODINGS = {
    **dict.fromkeys(("Czech", "Polish", "Hungarian", "Slovak", "Slovene", "Croatian"), (*_LATIN_2, "cp852")),
    "Romanian": _LATIN_2,
    **dict.fromkeys(("Spanish", "Portuguese", "Swedish", "Danish"), (*_WESTERN, "iso8859-1", "cp850", "mac-roman")),
    "German": (*_WESTERN, "iso8859-1", "iso8859-15", "cp850", "cp437", "mac-roman"),
    "French": ("cp1252", "mac-roman"),
    "Finnish": (*_WESTERN, "iso8859-15"),
    "Turkish": ("cp1254", "iso8859-9"),
    "Russian": (*_CYRILLIC, "koi8-r", "cp866", "mac-cyrillic"),
    "Ukrainian": ("cp1251", "koi8-u"),
    "Bulgarian": _CYRILLIC,
    "Serbian": _CYRILLIC,
    "Greek": ("cp1253", "iso8859-7"),
    "Hebrew": ("cp1255", "iso8859-8"),
    "Arabic": ("cp1256", "iso8859-6"),
    "Thai": ("tis-620", "cp874"),
    "Lithuanian": ("cp1257", "iso8859-13"),
    "Japanese": ("cp932", "euc-jp", "iso2022-jp"),
    "Chinese": ("gb18030", "gb2312"),
    "Chinese, traditional": ("big5",),
    "Korean": ("cp949", "euc-kr", "iso2022-kr"),
}
UNICODE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32", "utf-8-sig")
"""Encodings of any text; the last three have a byte-order mark."""


def samples() -> list[tuple[str, str, str]]:
    """Return the language, the encoding and the text of each sample: a sentence, and all sentences of a language."""
    cases = []
    for language, encodings in ENCODINGS.items():
        sentences = SENTENCES[language]
        for encoding in (*encodings, *UNICODE):
            cases += [(language, encoding, text) for text in (*sentences, "\n\n".join(sentences))]
    return cases
