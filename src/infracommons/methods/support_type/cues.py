"""The words by which awards say that they spread, work on, or use an infrastructure: data, for experts to read.

Expressions are matched without case in a sentence in which the infrastructure's name is written as NAME.
"""

import re

NAME = "\ue000"  # a character that no text has

# Up to five words that may stand between a verb and the name; none of them may start another phrase. A word starts
# with a letter, so that signs cannot be shared out between words and gaps in endless ways.
_GAP = (
    r"(?:[^\w.;:]+(?!(?:in|into|to|onto|on|at|with|for|within|between|using|via|through|by|and|or|features?|tools?|plug-?ins?|modules?)\b)"
    r"\w[\w/'-]*){0,5}?[^\w.;:]+"
)
_TO_GAP = r"(?:[^\w.;:]+\w[\w/'-]*){0,8}?[^\w.;:]+(?:to|into|onto)\b" + _GAP
_TAKE_UP = (
    r"adopt(?:ing|s)?|implement(?:ing|s)?(?! organi)|install(?:ing|s)?|deploy(?:ing|s)?|roll(?:ing)? out"
    r"|upgrad(?:e|ing)(?: to)?"
)
_SPREAD = r"adoption|uptake|implementation|installation|deployment|roll-?out"
_MOVE = r"migrat(?:e|es|ing|ion)|transition(?:s|ing)?|switch(?:ing)?"
_START = r"(?:launch|establish|host|build)(?:ing)?|creat(?:e|ing)|provid(?:e|ing)|set(?:ting)? up"
_TRAIN = r"train(?:s|ing)?|teach(?:es|ing)?|workshops?|instruct(?:s|ing|ion)?|onboard(?:s|ing)?"

# "deploying Omeka plug-ins" takes up plug-ins.
_NOT_A_PART = (
    r"(?!['\w-]*[^\w.;:]+(?:plug-?ins?|modules?|features?|extensions?|tools?|packages?|workflows?|notebooks?|arrays?"
    r"|formats?|files?|widgets?|apis?|interfaces?|licen[sc]\w*)\b)"
)

# The infrastructure is what is taken up.
UPTAKE = tuple(
    re.compile(expression, re.IGNORECASE)
    for expression in (
        rf"\b(?:{_TAKE_UP}){_GAP}{NAME}{_NOT_A_PART}",
        rf"\b(?:{_SPREAD})[^\w.;:]+of\b{_GAP}{NAME}",
        rf"{NAME}[^\w.;:]+(?:adoption|uptake|roll-?out|migration|onboarding|training)\b",
        rf"\b(?:{_MOVE}){_TO_GAP}{NAME}{_NOT_A_PART}",
        rf"\b(?:{_START}){_GAP}{NAME}[^\w.;:]+(?:instances?|installations?|sites?)\b",
        rf"\b(?:{_START})[^.;:]{{0,60}}\binstances? of\b{_GAP}{NAME}",
        rf"\b(?:{_TRAIN})\b[^.,;:\"]{{0,40}}\b(?:in|on|to use|using|use of)\b{_GAP}{NAME}",
        (
            rf"{NAME}(?: \w[\w/'-]*){{0,5}}?(?:,? (?:which|that))? (?:is|are|will be|being) (?:being )?"
            r"(?:adopted|installed|implemented|deployed|rolled out)\b(?!\W+by\b)"
        ),
        rf"\b(?:{_START}|join|joining)\b[^.;:]{{0,40}}\bmembership\b[^.;:]{{0,20}}{NAME}",
    )
)

# Elsewhere in an award that works on the infrastructure, or whose recipient helped to make it.
SPREADING = tuple(
    re.compile(expression, re.IGNORECASE)
    for expression in (
        r"\bbarriers? to (?:[\w-]+ ){0,3}(?:adoption|uptake|entry)\b",
        (
            r"\b(?:promot|encourag|increas|broaden|accelerat|facilitat|driv|expand|foster|widen)\w* (?:[\w-]+ ){0,3}"
            r"(?:adoption|uptake)\b"
        ),
        (
            r"\b(?:implementation|installation|deployment|adoption)\b[^.;:]{0,80}\b(?:at|by|in|across|among) "
            r"(?:[\w-]+ ){0,3}(?:institutions|libraries|universities|archives|museums|journals|colleges|publishers"
            r"|repositories)\b"
        ),
        r"\b(?:help|assist|enabl|support)\w* (?:[\w-]+,? ){1,8}(?:to )?(?:transition|migrate|adopt|switch)\b",
    )
)

# The infrastructure is what is worked on.
WORK = re.compile(
    r"\b(?P<verb>(?:develop|design|redesign|enhanc|extend|expand|maintain|sustain|strengthen|advanc|upgrad|increas|refin"
    r"|improv|creat|continu|support|scal|build|grow|operat|re-?architect|moderni[sz])(?:e|es|ing|s)?\b"
    r"|(?:development|enhancement|extension|expansion|maintenance|improvement|support|growth|operations?) (?:of|for)\b)"
    rf"(?:[^\w.;(]+(?!(?:using|with|via|through|like|such|including|similar|following|in|on|into|by|that|which|hosted)\b)"
    rf"\w[\w/'-]*){{0,9}}?[^\w.;(]+{NAME}",
    re.IGNORECASE,
)
# Of these verbs, those of its makers.
MAKES = ("develop", "build", "improv", "enhanc", "exten", "redesign", "design", "refin", "creat", "architect")

# The infrastructure is a tool of the award, or the place where its results go.
TOOL = re.compile(
    r"\b(?:deposit\w*|archiv(?:e|ed|ing)|upload\w*|post(?:ed|ing)|preregist\w*|pre-regist\w*|disseminat\w*|publish\w*"
    r"|shar(?:e|ed|ing)|hosted|stored|submitted|available|accessible|us(?:e|es|ed|ing)|via|through|built (?:on|with)"
    r"|powered by|based on|licen[sc]\w*|interoperab\w*|integrat\w*|compatible|indexed|compliant|conform\w*|leverag\w*"
    r"|extend\w*|plug-?ins?|modules?|packages?|add-ons?|such as|including)\b",
    re.IGNORECASE,
)

# An award says what it delivers.
DELIVERS = re.compile(
    r"\b(?:will|to|aims? to|propos\w+ to|plans? to)\s+(?:\w+ly\s+)?(?:creat|develop|build|design|produc|exten|enhanc|"
    r"digiti[sz]|stud|investigat|examin|explor|test|train|publish|collect|analy[sz]|integrat|implement|establish|"
    r"organi[sz]|measur|evaluat|identif|understand|address|answer|determin|construct|conven|preserv|"
    r"catalog|curat|scan|describ|map|compar|assess|apply|advanc|determin|demonstrat)\w*",
    re.IGNORECASE,
)
# What may stand before the name in a title that speaks of the infrastructure itself.
SUPPORTING = re.compile(
    r"(?:\W*\b(?:the|a|for|to|towards?|of|in|continued|continuing|core|general|partial\w*|support\w*|funding|fund|"
    r"operating|operations?|grant|project|initiative|sustain\w*|maintain\w*|phase|renewal|contribution)\b)*\W*",
    re.IGNORECASE,
)
# What may follow it there.
ITSELF = re.compile(
    r"\W*(?:$|[:\u2013-]|(?:initiative|project|platform|infrastructure|repository|archive|programme?|community|operating|"
    r"operations?|core|general|phase|support|sustainability|maintenance|membership|consortium|foundation|v?\d[\d.-]*)\b)",
    re.IGNORECASE,
)

# What direct support pays for; the first group that speaks decides.
MEETING = re.compile(
    r"\b(?:workshops?|conferences?|symposi\w+|summits?|csv,conf|travel|awards? to|monetary awards|prizes?|hackathons?"
    r"|fellowships?|scholarships?|curriculum|advoca\w+|outreach|awareness|policy|policies)\b",
    re.IGNORECASE,
)
RUNNING = re.compile(
    r"\b(?:operating (?:grant|support|costs?|expenses?|funds?)|operational (?:costs?|support)|operations of|"
    r"(?:general|core|continued|continuing|unrestricted|ongoing) (?:\w+ )?support|continued funding|(?:general|core) "
    r"operating|day-to-day|maintenance (?:and|of)|sustain(?:ing|ed)? (?:operations?|the)|self[- ]sustaining"
    r"|financial sustainability|reach sustainability|longevity|to sustain|keep \w+ running|hosting costs|server costs"
    r"|staffing)\b",
    re.IGNORECASE,
)
MAKING = re.compile(
    r"\b(?:(?:develop\w*|design\w*|build\w*|creat\w+)(?! (?:\W?[\w-]+\W? )?(?:approach\w*|plans?|polic\w+|strateg\w+|"
    r"partnership\w*|curricul\w+|communit\w+))|prototyp\w+|pilot\w*|software|features?|functionalit\w+|migrat\w+"
    r"|enhanc\w+|improv\w+|extend\w*|scale|scaling|integrat\w+|interoperab\w+|refin\w+|algorithms?|text-mining|machine "
    r"learning|research and development|deploy\w*|platform for|set up|new (?:tools?|services?|infrastructure|methods?)"
    r"|implement\w*|upgrad\w+|open-source|user interface|usability)\b",
    re.IGNORECASE,
)
