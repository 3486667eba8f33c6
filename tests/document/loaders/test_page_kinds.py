"""Pages of every kind, each with its title and the lines that a reader should see, in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.document import BlockKind, Document, load
from reader.document.load_options import LoadOptions

A = "The harbor board of Nordvik met for two hours on Monday and agreed on a plan for the northern quay."
B = "Its chair, Lena Arkwright, said that work would begin before the winter and would end in May next year."
C = "The council of the town pays half of the cost, and the owners of the nine ships pay all of the rest."
D = "A survey by the County Rivers Board had found that the wall moves by the breadth of a hand every year."
E = "Nobody had looked at the piles below the water since 1998, says Pavel Stroud of the dock workers’ union."
F = "The last ferry to Orsk Bay leaves at nine, and its captain, Mirela Dobrin, does not wait for anybody."
HEAD = "A plan for the northern quay"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


ABC, DEF = paragraphs(A, B, C), paragraphs(D, E, F)


class Page(NamedTuple):
    """A page, and what to see of it."""

    name: str
    body: str
    lines: tuple[str, ...]
    title: str = HEAD
    head: str = f"<title>{HEAD}</title>"
    absent: tuple[str, ...] = ()


NEWS_HEAD = f'<title>{HEAD} | Nordvik Post</title><meta property="og:site_name" content="Nordvik Post">'
MENU = '<header><a href="/">Nordvik Post</a><nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav></header>'
FOOTER = '<footer><p>Nordvik Post Ltd. All rights reserved.</p><a href="/i">Imprint</a></footer>'


def card(words: str, text: str = "What happened, and why it matters to you.", tag: str = "article") -> str:
    return f'<{tag} class="card"><h3><a href="/x">{words}</a></h3><p>{text}</p></{tag}>'


PAGES = (
    Page(
        "a news article",
        f'{MENU}<main><article><h1>{HEAD}</h1><p class="byline">By Ann Lee</p>{ABC}<h2>The survey</h2>{DEF}</article></main>{FOOTER}',
        (HEAD, A, B, C, "The survey", D, E, F),
        head=NEWS_HEAD,
        absent=("World", "Imprint", "All rights"),
    ),
    Page(
        "captions and credits of pictures",
        f"<main><article><h1>{HEAD}</h1><figure><img src=a.jpg><figcaption>The quay at dawn, seen from the ferry.</figcaption></figure>{ABC}"
        "<figure><img src=b.jpg><figcaption>Lena Arkwright in her office.</figcaption></figure>"
        f'<div class="wp-caption"><img src=c.jpg><p class="wp-caption-text">Nine ships wait for a place.</p></div>{DEF}</article></main>',
        (
            HEAD,
            "The quay at dawn, seen from the ferry.",
            A,
            B,
            C,
            "Lena Arkwright in her office.",
            "Nine ships wait for a place.",
            D,
            E,
            F,
        ),
    ),
    Page(
        "an interview whose questions recur",
        f"<article><h1>{HEAD}</h1>"
        + "".join(
            f"<p><b>And what did the harbor board of the town say about that at the time?</b></p><p>{answer}</p>"
            for answer in (A, B, C)
        )
        + "</article>",
        (
            HEAD,
            *(
                line
                for answer in (A, B, C)
                for line in ("And what did the harbor board of the town say about that at the time?", answer)
            ),
        ),
    ),
    Page(
        "a recipe whose steps recur",
        f"<article><h1>Bread of the coast</h1><p>{F}</p><h2>Ingredients</h2><ul><li>500 g flour</li><li>salt</li></ul><h2>Steps</h2><ol>"
        "<li>Fold the dough four times, cover it with a damp cloth and let it rest for an hour.</li><li>Turn it.</li>"
        "<li>Fold the dough four times, cover it with a damp cloth and let it rest for an hour.</li><li>Bake it.</li></ol></article>",
        (
            *("Bread of the coast", F, "Ingredients", "500 g flour", "salt", "Steps"),
            *("Fold the dough four times, cover it with a damp cloth and let it rest for an hour.", "Turn it."),
            *("Fold the dough four times, cover it with a damp cloth and let it rest for an hour.", "Bake it."),
        ),
        "Bread of the coast",
        "<title>Bread of the coast</title>",
    ),
    Page(
        "a poem with a refrain",
        f"<article><h1>The quay</h1><p>The tide goes out,<br>the tide comes in,<br>and nobody repairs the quay of the town of Nordvik.</p><p>{A}</p>"
        "<p>The tide goes out,<br>the tide comes in,<br>and nobody repairs the quay of the town of Nordvik.</p></article>",
        (
            *(
                "The quay",
                "The tide goes out,",
                "the tide comes in,",
                "and nobody repairs the quay of the town of Nordvik.",
                A,
            ),
            *("The tide goes out,", "the tide comes in,", "and nobody repairs the quay of the town of Nordvik."),
        ),
        "The quay",
        "<title>The quay</title>",
    ),
    Page(
        "a live blog with several bodies",
        f'<main><h1>{HEAD}</h1><div class="updates">'
        + "".join(
            f'<article class="update"><time>09:{minute}</time><h2>{head}</h2><div class="update-body">{body}</div><div class="share-tools"><a href="#">Share</a></div></article>'
            for minute, head, body in (
                (40, "Vote passed", paragraphs(A)),
                (20, "Chair speaks", paragraphs(B, C)),
                (10, "Doors open", paragraphs(D)),
            )
        )
        + "</div></main>",
        (HEAD, "Vote passed", A, "Chair speaks", B, C, "Doors open", D),
        absent=("Share",),
    ),
    Page(
        "several bodies of one article",
        f'<main><h1>{HEAD}</h1><div class="article-body">{ABC}</div><div class="ad-slot">Advertisement</div><div class="article-body">{DEF}</div></main>',
        (HEAD, A, B, C, D, E, F),
        absent=("Advertisement",),
    ),
    Page(
        "a forum thread",
        f'<div class="thread"><h1>{HEAD}</h1>'
        + "".join(
            f'<div class="post"><div class="user-info"><a href="/u">ann{n}</a></div><div class="post-body">{paragraphs(text)}</div></div>'
            for n, text in enumerate((A, B, C, D))
        )
        + "</div>",
        (HEAD, A, B, C, D),
    ),
    Page(
        "questions and answers",
        f'<div id="content"><h1>{HEAD}</h1><div class="question"><div class="vote"><span>12</span></div><div class="s-prose">{paragraphs(A, B)}<pre><code>sink(quay)\nrise()</code></pre></div></div>'
        f'<div class="answers"><div class="answer"><div class="vote"><span>7</span></div><div class="s-prose">{paragraphs(C)}</div></div><div class="answer"><div class="s-prose">{paragraphs(D)}</div></div></div></div>',
        (HEAD, A, B, "sink(quay)\nrise()", C, D),
        absent=("12",),
    ),
    Page(
        "a page of documentation",
        '<div class="sidebar"><ul><li><a href="/a">Install</a></li><li><a href="/b">Use</a></li></ul></div>'
        f'<main><div class="toc"><ul><li><a href="#x">Options</a></li></ul></div><h1>The quay command<a class="headerlink" href="#q">¶</a></h1>{paragraphs(A)}<pre>quay --sink\nquay --rise</pre>'
        f'<h2 id="x">Options<a class="headerlink" href="#x">¶</a></h2><dl><dt>--sink</dt><dd>{B}</dd><dt>--rise</dt><dd>{C}</dd></dl></main>',
        ("The quay command", A, "quay --sink\nquay --rise", "Options", "--sink", B, "--rise", C),
        "The quay command",
        "<title>The quay command — Tools 1.2 documentation</title>",
        ("Install", "¶"),
    ),
    Page(
        "an encyclopedia with a box and notes",
        f'<div id="mw-content-text"><h1 id="firstHeading">Nordvik</h1><table class="infobox"><tr><th colspan="2">Nordvik</th></tr><tr><th>Inhabitants</th><td><p>9,000</p></td></tr></table>'
        f'{ABC}<h2>History<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2><p>{D}<sup class="reference"><a href="#cite-1">[1]</a></sup></p>{paragraphs(E)}'
        '<table class="wikitable"><tr><th>Year</th><th>Depth</th></tr><tr><td>1998</td><td><ul><li>4 m</li><li>5 m</li></ul></td></tr></table>'
        '<div class="reflist"><ol><li><span class="mw-cite-backlink"><a href="#r">^</a></span> <span>Letters of the Board, 2019.</span></li></ol></div></div>',
        (
            "Nordvik",
            "Nordvik",
            "Inhabitants | 9,000",
            A,
            B,
            C,
            "History",
            D + "[1]",
            E,
            "Year | Depth",
            "1998 | 4 m 5 m",
            "Letters of the Board, 2019.",
        ),
        "Nordvik",
        "<title>Nordvik - Openpedia</title>",
        ("edit",),
    ),
    Page(
        "a blog made with WordPress",
        f'<div id="page"><header id="masthead" class="site-header"><h1 class="site-title"><a href="/" rel="home">Two shores</a></h1></header><article class="post hentry"><header class="entry-header"><h2 class="entry-title">{HEAD}</h2><div class="entry-meta">Posted on 3 May</div></header>'
        f'<div class="entry-content">{ABC}<div class="sharedaddy"><h3>Share this:</h3></div><div id="jp-relatedposts"><h3>Related</h3><p><a href="/r">Old walls of the coast</a></p></div></div><footer class="entry-footer">Posted in <a href="/c">Coast</a></footer></article><div id="comments" class="comments-area"><ol class="comment-list"><li><p>{F}</p></li></ol></div></div>',
        (HEAD, A, B, C),
        HEAD,
        f"<title>{HEAD} – Two shores</title>",
        ("Share this", "Old walls", "Posted", "last ferry"),
    ),
    Page(
        "a story as Medium writes it",
        f'<div id="root"><nav><a href="/">Open in app</a></nav><article><div><div><section><div><h1 class="pw-post-title">{HEAD}</h1><div><a href="/@a"><p>Ann Lee</p></a></div></div><p class="pw-post-body-paragraph" id="1">{A}</p><figure><img><figcaption>A crane on the quay.</figcaption></figure><blockquote class="oo"><p>{B}</p></blockquote><p id="2">{C}</p><p id="3">{D}</p></section></div></div></article><div><p>Sign up to discover stories.</p></div></div>',
        (HEAD, A, "A crane on the quay.", B, C, D),
        head=f"<title>{HEAD}. Ann Lee | by Ann Lee | Medium</title><meta property='og:title' content='{HEAD}'>",
        absent=("Open in app", "discover"),
    ),
    Page(
        "a letter as Substack writes it",
        f'<main><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{HEAD}</h1></div><div class="available-content"><div class="body markup">{paragraphs(A, B)}<div class="subscription-widget-wrap"><p>The Quay is supported by its readers.</p><form><input type="email"><button>Subscribe</button></form></div>{paragraphs(C, D)}</div></div></article></main>',
        (HEAD, A, B, C, D),
        absent=("supported by its readers",),
    ),
    Page(
        "a product page",
        f'<main><div class="product-page"><h1>Anchor 40 kg</h1><div class="product-description">{ABC}<table class="specs"><tr><th>Weight</th><td>40 kg</td></tr><tr><th>Steel</th><td><p>S355</p></td></tr></table></div><div class="product-carousel"><h2>You may also like</h2><div><a href="/p">Anchor 60 kg</a></div></div></div></main>',
        ("Anchor 40 kg", A, B, C, "Weight | 40 kg", "Steel | S355"),
        "Anchor 40 kg",
        "<title>Anchor 40 kg | Chandler</title>",
        ("60 kg",),
    ),
    Page(
        "a press release",
        f'<div class="content"><h1>{HEAD}</h1><p><strong>NORDVIK, 3 May 2025</strong> – {A}</p>{paragraphs(B, C)}<h3>About the Board</h3>{paragraphs(D)}<h3>Contact</h3><p>Jon Rask, press office, +47 555 0100</p></div>',
        (
            HEAD,
            f"NORDVIK, 3 May 2025 – {A}",
            B,
            C,
            "About the Board",
            D,
            "Contact",
            "Jon Rask, press office, +47 555 0100",
        ),
    ),
    Page(
        "embedded posts",
        f'<article><h1>{HEAD}</h1>{paragraphs(A, B)}<div class="embed"><blockquote class="twitter-tweet"><p lang="en">The wall moved again last night, and nobody came.</p>&mdash; Pavel Stroud (@stroud) <a href="https://x.example/1">May 3, 2025</a></blockquote><script src="w.js"></script></div>{paragraphs(C, D)}</article>',
        (HEAD, A, B, "The wall moved again last night, and nobody came.", "— Pavel Stroud (@stroud) May 3, 2025", C, D),
    ),
    Page(
        "teasers marked up as articles",
        f"<main><article><h1>{HEAD}</h1>{ABC}{DEF}</article>{card('Opera names conductor')}{card('Moths return to the trees')}{card('Honey at record price')}</main>",
        (HEAD, A, B, C, D, E, F),
        absent=("Opera", "Moths", "Honey", "matters to you"),
    ),
    Page(
        "teasers in the middle of the text",
        f'<article><h1>{HEAD}</h1>{ABC}<div class="related-articles"><h3>Related</h3><ul><li><a href="/1">Opera names conductor</a></li><li><a href="/2">Moths return</a></li></ul></div>{DEF}</article>',
        (HEAD, A, B, C, D, E, F),
        absent=("Opera", "Related"),
    ),
    Page(
        "another whole article below",
        f'<main><article class="story"><h1>{HEAD}</h1>{ABC}</article><article class="story"><h1>Ferry to Orsk Bay</h1>{DEF}</article></main>',
        (HEAD, A, B, C),
        absent=("last ferry", "Ferry to Orsk"),
    ),
    Page(
        "a shop box in the text",
        f'<article><h1>{HEAD}</h1>{ABC}<div class="product-box"><h4>Rubber boots</h4><p>Our readers love these boots for wet quays, now reduced.</p><a href="/buy">Buy now</a></div>{DEF}</article>',
        (HEAD, A, B, C, D, E, F),
        absent=("boots", "Buy"),
    ),
    Page(
        "the words of a video player",
        f'<article><h1>{HEAD}</h1>{paragraphs(A)}<div class="video-player"><p>This video can not be played in your browser.</p><div class="vjs-control-text">Mute</div></div>{paragraphs(B, C, D)}</article>',
        (HEAD, A, B, C, D),
        absent=("can not be played", "Mute"),
    ),
    Page(
        "a cookie banner in front",
        f'<div id="cookie-banner"><p>We and our 812 partners use cookies to show advertising that fits your interests. Read our policy.</p><button>Agree</button></div><article><h1>{HEAD}</h1>{ABC}</article>',
        (HEAD, A, B, C),
        absent=("812 partners",),
    ),
    Page(
        "comments of readers",
        f'<article><h1>{HEAD}</h1>{ABC}</article><section id="comments"><h2>2 comments</h2><div class="comment"><p>{E}</p></div><div class="comment"><p>{F}</p></div></section>',
        (HEAD, A, B, C),
        absent=("2 comments", "last ferry"),
    ),
    Page(
        "a note about a subscription",
        f'<article><h1>{HEAD}</h1>{paragraphs(A, B)}<div class="paywall-note"><p>Subscribe for 1 euro a week to read on.</p><a href="/s">Subscribe</a></div></article>',
        (HEAD, A, B),
        absent=("1 euro",),
    ),
    Page(
        "an article behind a class named paywall",
        f'<article class="paywall"><h1>{HEAD}</h1><div class="paywall">{ABC}{DEF}</div></article>',
        (HEAD, A, B, C, D, E, F),
    ),
    Page(
        "a layout made of tables",
        f'<table width="100%"><tr><td width="140"><a href="/">Home</a><br><a href="/l">Links</a></td><td><h1>{HEAD}</h1>{ABC}{DEF}</td></tr></table>',
        (HEAD, A, B, C, D, E, F),
        absent=("Links",),
    ),
    Page(
        "tables of data with paragraphs and lists in cells",
        f"<article><h1>{HEAD}</h1>{ABC}<table><thead><tr><th><p>Ship</p></th><th><p>Port</p></th></tr></thead><tbody><tr><td><p>Ostara</p></td><td><p>Gdansk</p></td></tr><tr><td><p>Kestrel</p></td><td><ul><li>Oslo</li><li>Riga</li></ul></td></tr></tbody></table>"
        f"<table><tr><td><p>Monday</p></td><td><p>9 ships</p></td></tr><tr><td><p>Tuesday</p></td><td><p>4 ships</p></td></tr></table>{DEF}</article>",
        (
            HEAD,
            A,
            B,
            C,
            "Ship | Port",
            "Ostara | Gdansk",
            "Kestrel | Oslo Riga",
            "Monday | 9 ships",
            "Tuesday | 4 ships",
            D,
            E,
            F,
        ),
    ),
    Page(
        "a table in a table",
        f"<article><h1>{HEAD}</h1>{ABC}<table><caption>Ships</caption><tr><th>Ostara</th><td><table><tr><td>built</td><td>1911</td></tr></table></td><td>sunk</td></tr></table>{DEF}</article>",
        (HEAD, A, B, C, "Ships", "Ostara | built 1911 | sunk", D, E, F),
    ),
    Page(
        "an AMP page",
        f'<header><a href="/">Nordvik Post</a></header><article class="amp-wp-article"><h1 class="amp-wp-title">{HEAD}</h1><div class="amp-wp-article-content">{ABC}<amp-ad width=300></amp-ad>{DEF}</div></article>',
        (HEAD, A, B, C, D, E, F),
        head=NEWS_HEAD,
    ),
    Page(
        "the name of the site as the only h1",
        f'<h1 class="logo">Nordvik Post</h1><div class="story"><h2 class="headline">{HEAD}</h2>{ABC}{DEF}</div>',
        (HEAD, A, B, C, D, E, F),
        head=f"<title>{HEAD} - Nordvik Post</title>",
        absent=("Nordvik Post",),
    ),
    Page(
        "the name of the site as h1, and no other headline",
        f"<h1>Nordvik Post</h1><article>{ABC}{DEF}</article>",
        (HEAD, A, B, C, D, E, F),
        head=NEWS_HEAD,
    ),
    Page(
        "a title that begins with the name of the site",
        f"<h1><a href='https://post.example/'>Nordvik Post</a></h1><article>{ABC}{DEF}</article>",
        (HEAD, A, B, C, D, E, F),
        head=f"<title>Nordvik Post: {HEAD}</title><meta property='og:site_name' content='Nordvik Post'>",
    ),
    Page(
        "a title from JSON-LD",
        f"<article>{ABC}{DEF}</article>",
        (HEAD, A, B, C, D, E, F),
        head=f'<title>Nordvik Post</title><script type="application/ld+json">{json.dumps({"@graph": [{"@type": "NewsArticle", "headline": HEAD, "publisher": {"@type": "Organization", "name": "Nordvik Post"}}]})}</script>',
    ),
    Page(
        "definitions",
        f"<article><h1>{HEAD}</h1>{ABC}<dl><dt>Quay</dt><dd>A wall at which ships lie.</dd><dt>Pile</dt><dd>A post below it.</dd></dl></article>",
        (HEAD, A, B, C, "Quay", "A wall at which ships lie.", "Pile", "A post below it."),
    ),
    Page(
        "code",
        f"<article><h1>{HEAD}</h1>{paragraphs(A)}<pre><code>if quay:\n    sink()\n\n    rise()</code></pre>{paragraphs(B)}<div class='highlight'><pre><span>one</span>\n<span>two</span></pre></div>{paragraphs(C)}</article>",
        (HEAD, A, "if quay:\n    sink()\n\n    rise()", B, "one\ntwo", C),
    ),
    Page(
        "footnotes",
        f'<article><h1>{HEAD}</h1><p>{A}<sup id="r1"><a href="#n1">1</a></sup></p>{paragraphs(B, C)}<section class="footnotes"><ol><li id="n1">Minutes of the board, page 4. <a href="#r1" class="footnote-backref">↩</a></li></ol></section></article>',
        (HEAD, A + "[1]", B, C, "Minutes of the board, page 4."),
    ),
    Page(
        "hidden elements, templates and noscript",
        f'<article><h1>{HEAD}</h1><template><p>Template words for a script.</p></template>{paragraphs(A)}<p hidden>Hidden words of the page.</p><div style="display: none"><p>More hidden words of the page.</p></div><noscript><p>Switch it on.</p></noscript><p>{B}<span class="sr-only"> for screen readers</span></p>{paragraphs(C)}</article>',
        (HEAD, A, B, C),
        absent=("Template words", "idden words", "Switch", "screen readers"),
    ),
    Page(
        "paragraphs made of line breaks",
        f'<div class="wrap"><div class="inner"><h1>{HEAD}</h1><div class="text">{A}<br><br>{B}<br/> <br/>{C}<br><br><br>{D}</div></div></div>',
        (HEAD, A, B, C, D),
    ),
    Page(
        "a page from right to left",
        '<html lang="ar" dir="rtl"><article><h1>خطة للرصيف الشمالي</h1><p>اجتمع مجلس الميناء يوم الاثنين لمدة ساعتين واتفق على خطة لإصلاح الرصيف الشمالي في المدينة.</p><p>وقالت رئيسة المجلس إن العمل سيبدأ قبل الشتاء وينتهي في شهر مايو من العام المقبل.</p></article>',
        (
            "خطة للرصيف الشمالي",
            "اجتمع مجلس الميناء يوم الاثنين لمدة ساعتين واتفق على خطة لإصلاح الرصيف الشمالي في المدينة.",
            "وقالت رئيسة المجلس إن العمل سيبدأ قبل الشتاء وينتهي في شهر مايو من العام المقبل.",
        ),
        "خطة للرصيف الشمالي",
        "<title>خطة للرصيف الشمالي</title>",
    ),
    Page(
        "a page in Japanese",
        "<article><h1>北埠頭の計画</h1><p>港湾委員会は月曜日に二時間にわたって会議を開き、北埠頭の修理計画について合意した。委員長によると工事は冬の前に始まる。</p><p>市が費用の半分を負担し、残りは九隻の船の所有者が負担する。調査では壁が毎年少しずつ動いていることが分かった。</p></article>",
        (
            "北埠頭の計画",
            "港湾委員会は月曜日に二時間にわたって会議を開き、北埠頭の修理計画について合意した。委員長によると工事は冬の前に始まる。",
            "市が費用の半分を負担し、残りは九隻の船の所有者が負担する。調査では壁が毎年少しずつ動いていることが分かった。",
        ),
        "北埠頭の計画",
        "<title>北埠頭の計画</title>",
    ),
    Page(
        "no paragraphs at all",
        f'<div class="main-content"><h1>{HEAD}</h1><div>{A}</div><div>{B}</div><div>{C}</div><div>{D}</div></div>',
        (HEAD, A, B, C, D),
    ),
    Page(
        "text beside its elements",
        f"<article><h1>{HEAD}</h1>{A}<ul><li>one ship</li></ul>{B}<blockquote>{C}</blockquote>{D}</article>",
        (HEAD, A, "one ship", B, C, D),
    ),
    Page(
        "soft hyphens and characters without width",
        f"<article><h1>{HEAD}</h1><p>{A}</p><p>The Har&shy;bor&#8203;mas\u00adter\u2060, Pav\u200cel Str\u200doud, met می\u200cخواهم and 👩\u200d🚒 on the quay on Monday.</p><p>{C}</p></article>",
        (HEAD, A, "The Harbormaster, Pavel Stroud, met می\u200cخواهم and 👩\u200d🚒 on the quay on Monday.", C),
    ),
    Page(
        "a pull quote that repeats the text",
        f'<article><h1>{HEAD}</h1>{ABC}<aside class="pullquote"><p>work would begin before the winter</p></aside>{DEF}</article>',
        (HEAD, A, B, C, D, E, F),
    ),
    Page(
        "nested quotes and lists",
        f"<article><h1>{HEAD}</h1>{ABC}<blockquote><p>{D}</p><blockquote><p>{E}</p></blockquote></blockquote><ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul></article>",
        (HEAD, A, B, C, D, E, "first", "inner", "second"),
    ),
    Page(
        "a summary above the text",
        f'<main><article><h1>{HEAD}</h1><ul class="summary"><li>The board has a plan for the quay</li><li>Work begins before winter</li></ul><p class="standfirst">The town wants to save its wall.</p><div class="article-body">{ABC}{DEF}</div></article></main>',
        (
            HEAD,
            "The board has a plan for the quay",
            "Work begins before winter",
            "The town wants to save its wall.",
            A,
            B,
            C,
            D,
            E,
            F,
        ),
    ),
)


def load_page(tmp_path: Path, head: str, body: str, name: str = "page.html") -> Document:
    path = tmp_path / name
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>', "utf-8"
    )
    return load(str(path))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_lines_of_the_article_are_shown_in_order(tmp_path: Path, page: Page) -> None:
    document = load_page(tmp_path, page.head, page.body)
    assert tuple(document.text[block.start : block.end] for block in document.blocks) == page.lines
    assert document.title == page.title
    assert [words for words in page.absent if words in document.text] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_notice_says_whether_text_was_left_out(tmp_path: Path, page: Page) -> None:
    document = load_page(tmp_path, page.head, page.body)
    says_so = any(notice.startswith("left out: ") for notice in document.notices)
    assert says_so or not page.absent or page.name in ("a layout made of tables",)


def test_the_notice_counts_the_words(tmp_path: Path) -> None:
    body = f"<nav><a href='/'>Two words</a></nav><article><h1>{HEAD}</h1>{ABC}<p hidden>One two three</p></article>"
    assert load_page(tmp_path, "", body).notices == (
        "left out: 2 words around the article (menus, links, other articles) and 3 words that the page hides; "
        "--all-text shows all text",
    )
    assert load_page(tmp_path, "", f"<article><h1>{HEAD}</h1>{ABC}</article>").notices == ()


def test_all_text_of_a_page_has_every_word_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    hidden = "<p hidden>One hidden line</p><p>Seen <span style='display:none'>and unseen</span> words</p>"
    path.write_text(
        f"<html><head>{NEWS_HEAD}</head><body>{MENU}<article><h1>{HEAD}</h1>{ABC}{hidden}</article>{FOOTER}</body>"
    )
    document = load(str(path), LoadOptions(all_text=True))
    shown = [document.text[block.start : block.end] for block in document.blocks]
    assert shown == [
        *("Nordvik Post", "World", "Sport", HEAD, A, B, C, "One hidden line", "Seen and unseen words"),
        *("Nordvik Post Ltd. All rights reserved.", "Imprint"),
    ]
    assert document.title == HEAD
    assert document.notices == ("all text of this page is shown, not only its article",)
    article = load(str(path))
    assert article.digest != document.digest
    assert article.choices_digest == document.choices_digest


@pytest.mark.parametrize("name", ["page.txt", "page", "page.log", "page.md"])
def test_a_page_is_recognized_by_its_content(tmp_path: Path, name: str) -> None:
    document = load_page(tmp_path, f"<title>{HEAD}</title>", f"<article><h1>{HEAD}</h1>{ABC}</article>", name)
    assert document.blocks[0].kind is BlockKind.HEADING
    assert "<" not in document.text


@pytest.mark.parametrize(
    "start",
    [
        "<div class='a'><p>{}</p></div><p>x</p>",
        "<article><h1>T</h1><p>{}</p></article>",
        "\n<!-- saved from url --><meta charset=utf-8><p>{}</p>",
        "<table><tr><td>{}</td></tr></table>",
        "<!DOCTYPE html><title>T</title><article><h1>T</h1><p>{}</p></article>",
        "<!DOCTYPE html><title>T</title><main><p>First.</p></main><p>{}</p>",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><body><p>{}</p></body></html>",
        "<p>{}</p>\n<p>Another one.</p>",
    ],
)
def test_pieces_of_pages_named_as_text_are_pages(tmp_path: Path, start: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(start.format(A), "utf-8")
    document = load(str(path))
    assert A in [document.text[block.start : block.end] for block in document.blocks]
    assert "<p" not in document.text


@pytest.mark.parametrize(
    "text", ["<div> is the element that we love", "a < b", "<p, q> is a pair\n", "<code>x</code> is a word"]
)
def test_text_about_elements_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text, "utf-8")
    assert load(str(path)).text == text
