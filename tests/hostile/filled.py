"""Records with an attack in every text that the field table knows."""

from __future__ import annotations

from typing import Any

from generator.records.common import Record
from generator.records.fieldtable import rules_of
from generator.records.messages import nested_model
from generator.records.types import TYPES
from generator.records.value_rules import (
    AnythingRule,
    DetailsRule,
    ReferenceRule,
    Rule,
    TextRule,
    VocabularyRule,
)

MARKUP = (
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</title></script></style></textarea><script>alert(1)</script>",
    "</p></article></main></body><script>alert(1)</script>",
    "<iframe srcdoc=\"<script>parent.alert(1)</script>\" src=https://boese.example></iframe>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<details open ontoggle=alert(1)><a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
    "<link rel=stylesheet href=https://boese.example/x.css><base href=https://boese.example/>",
    "<meta http-equiv=refresh content='0; url=https://boese.example/'>",
    "\" autofocus onfocus=alert(1) onmouseover=alert(1) style=\"background:url(https://boese.example)\" x=\"",
    "' autofocus onfocus='alert(1)' x='",
    "` onload=alert(1) `",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#34;&#62;&#60;img src=x onerror=alert(1)&#62;",
    "{{ 7*7 }}{% include '/etc/passwd' %}{{ ''.__class__ }} ${alert(1)} %s %(x)s {0.__class__}",
    "]]> --> <!-- <![CDATA[ \\u003cscript\\u003e \\x3cscript\\x3e </script",
    "\ue000C\ue000 \ue000T\ue000 \ue000A\ue000 <script>alert(1)</script>",
)  # fmt: skip
# Markdown that tries what plain text cannot.
MARKDOWN = """\
# </h1><script>alert(1)</script>

[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](java&#115;cript:alert(1)) [d](javascript&colon;alert(1))
[e](<javascript:alert(1)>) [f](java%0ascript:alert(1)) [g](data:text/html,<script>alert(1)</script>) [h](vbscript:x)
[i](&#1;javascript:alert(1)) [j](//boese.example/x) [k](\\\\boese.example) [l](file:///etc/passwd) [m](blob:x)
[n]("onmouseover="alert(1)) [o](x"onmouseover="alert(1)) [p](https://example.org/"onmouseover="alert(1))
[q](../../../etc/passwd) [r](https://example.org "x\\" onmouseover=alert(1)") <javascript:alert(1)> [s][s] ![t][t]

[s]: javascript:alert(1) "\\" onmouseover=alert(1)"
[t]: https://boese.example/p.png

![u](https://boese.example/p.png) ![v](//boese.example/p.png) ![w](data:image/svg+xml,<svg/onload=alert(1)>)
![x](javascript:alert(1)) ![y" onerror=alert(1) x="](y "z\\" onerror=alert(1)") ![z](bild.svg#onload=alert(1))

## Titel {: onclick=alert(1) #"><img/src=x/onerror=alert(1)> }

<script>alert(1)</script>

<img src=x onerror=alert(1)><svg><script>alert(1)</script></svg><style>@import "https://boese.example/x.css";</style>

<a href="javascript:alert(1)" id="__config" name="location">x</a> <form action=javascript:alert(1)><button>x</button></form>

</article></main><script>alert(1)</script>

```html" onmouseover=alert(1) x="
</code></pre><script>alert(1)</script>
```

| a <script>alert(1)</script> | b |
|:--|--:|
| <img src=x onerror=alert(1)> | `<script>alert(1)</script>` |

- [x] Aufgabe <input autofocus onfocus=alert(1)>

Fuß[^1] [^"><script>alert(1)</script>]

[^1]: <script>alert(1)</script>
[^"><script>alert(1)</script>]: x

Begriff
:   <script>alert(1)</script>
"""


def attack_ids(typ: str) -> list[str]:
    return [f"boese-{typ}-{number}" for number in range(3)]


def attacks() -> list[Record]:
    """Several records of every type, valid as far as the field table is concerned."""
    return [
        TYPES[typ].model_validate(
            {**_fields(TYPES[typ], number, start), "typ": typ, "id": ident, "datei": f"{TYPES[typ].ordner}/{ident}.md"}
        )
        for start, typ in enumerate(TYPES)
        for number, ident in enumerate(attack_ids(typ))
    ]  # fmt: skip


def _fields(model: type[Any], number: int, start: int) -> dict[str, Any]:
    fields: dict[str, Any] = (
        {"text": MARKDOWN + MARKUP[number]} if issubclass(model, Record) else {}
    )
    for index, (name, info) in enumerate(model.model_fields.items()):
        if info.title is None:
            continue
        inner = nested_model(info.annotation)
        rule = next(rules_of(info), None)
        many = "tuple" in str(info.annotation)
        if inner is not None:
            value: Any = (
                info.examples[0]
                if inner.__name__ in ("Spanne", "Koordinaten")
                else _fields(inner, number, start)
            )
            fields[name] = [value] if many and isinstance(value, dict) else value
        else:
            texts = [MARKUP[(6 * number + start + index + k) % len(MARKUP)] for k in range(3)]
            values = [
                _value(rule, info.examples, text, number) for text in (texts if many else texts[:1])
            ]
            fields[name] = list(dict.fromkeys(map(_hashable, values))) if many else values[0]
    return fields


def _hashable(value: Any) -> Any:
    return value if isinstance(value, str) else str(value)


def _value(rule: Rule | None, examples: Any, text: str, number: int) -> Any:
    match rule:
        case TextRule(markdown=True):
            return MARKDOWN + text
        case TextRule():
            return text[: rule.limit]
        case VocabularyRule():
            return (
                text
                if not rule.vocabulary.closed
                else rule.vocabulary.values[number % len(rule.vocabulary.values)]
            )
        case ReferenceRule():
            return (
                text
                if rule.free
                else attack_ids(rule.targets[0] if rule.targets else "begriff")[number]
            )
        case DetailsRule() | AnythingRule():
            return {text: text}
    example = (examples or [""])[0]
    return example[0] if isinstance(example, list) else example
