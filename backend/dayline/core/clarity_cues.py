"""The English wording by which a text shows the five points.

Every pattern is a choice of fixed words with bounded gaps, and is searched in at most 300
characters at once, so that a text takes time in proportion to its length.
"""

import re
from re import Pattern


def _any(*patterns: str) -> Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_GAP = r"(?:[^\n.?!]{0,100})"
_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|tonight|noon|midnight"
    r"|this (?:morning|afternoon|evening)"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|ten|a few|a couple of)"
_TIME = (
    rf"(?:{_DAY}|(?:mon|tue|wed|thu|fri|sat|sun)\b|\d{{1,2}}[:.]\d\d|\d{{1,2}} ?[ap]\.?m\b"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}"
    r"|(?:the )?(?:end|start|beginning|close) of (?:the |this |next )?(?:day|week|month|quarter"
    r"|year|sprint|business)|eod|eow|cob|(?:this|next) (?:week|month|quarter|sprint|weekend)"
    r"|the weekend)"
)

ASKS = _any(
    r"^(?:@\S+[\s,:]+){0,5}(?:please\b|could (?:you|we|someone|anyone|somebody|anybody)\b"
    r"|can (?:you|someone|anyone|somebody|anybody)\b|would you\b|will you\b)",
    r"^(?:@\S+[\s,:]+){0,5}(?:hi|hello|hey|so|ok|okay|also|and)?[\s,:]{0,3}"
    r"(?:does|do|has|have|is|did) (?:anyone|anybody|someone|somebody|either of you)\b",
    r"^(?:@\S+[\s,:]+){0,5}anyone (?:know|knows|have|else)\b",
    r"^(?:@\S+[\s,:]+){1,5}(?:kindly )?(?:review|check|look|confirm|approve|decide|send|tell|share"
    r"|add|fix|update|write|choose|pick|answer|reply|take|give|test|merge|deploy|read|sign|comment"
    r"|vote|explain|describe|list|prepare|schedule|book|call|ask|find|compare|estimate|rename"
    r"|remove|delete|create|draft|finish|publish|release|restart|run|upload)\b",
    r"\bplease (?!note\b|see\b|find\b|ignore\b)[a-z]+",
    r"\b(?:any (?:ideas?|thoughts?|suggestions?|advice|comments?|help|feedback|objections?"
    r"|pointers?|volunteers?))\b",
    r"\blet (?:me|us) know\b",
    r"\bi(?:'m| am)? (?:was )?wonder(?:ing)? (?:if|whether|how|why|what|where|which|who|when)\b",
    r"\bi (?:really )?(?:don't|dont|do not) (?:really )?(?:know|understand|see)"
    r" (?:how to|where|why|what i|how i)\b",
    r"\b(?:don't|do not) know how to (?:start|go on|proceed|continue)\b",
    r"\b(?:i|we)(?:'d| would)? (?:need|like|want) (?:you|your|someone|somebody|a decision"
    r"|an answer|approval|feedback|help|input)\b",
    r"\b(?:asking|looking) for (?:opinions?|votes?|advice|feedback|help|input|volunteers?"
    r"|suggestions?|approval|your)\b",
    r"^(?:request|question|ask|action(?: needed)?)\s*:",
)
"""A sentence with one of these asks something, also without a question mark."""

QUESTIONS_ALONE = frozenset(
    [
        "why",
        "how",
        "when",
        "who",
        "where",
        "what",
        "which",
        "thoughts",
        "opinions",
        "objections",
        "ideas",
        "suggestions",
        "feedback",
        "comments",
        "preferences",
    ]
)
"""Words that ask by themselves."""

REASON = _any(
    r"\bbecause\b",
    r"\bb/c\b",
    r"\bsince (?!v?\d|then\b|when\b)[^\n.?!]{8}",
    r"\bso (?:that )?(?:i|we|you|they|it|he|she) can\b",
    r"\bso that\b",
    r"\bin order to\b",
    r"\bgiven that\b",
    r"\bdue to\b",
)
"""A reason within a question."""

NOISE = _any(
    r"^\W*(?:hi|hello|hey|thanks?|thank you|thx|sorry|cheers|ok|okay|yes|yeah|no|nope|oh|ah|hmm+"
    r"|great|cool|wow|right|sure|agreed|got it|good point|nice)\b(?:[\s,]+\S+){0,5}\W*$",
    r"\bthanks? (?:you )?(?:in advance|again|for)\b",
    r"\b(?:quick|basic|dumb|stupid|another|unrelated) question\b",
    r"\bi(?:'m| am) (?:just |not )?(?:curious|sure)\b",
    r"\bjust (?:curious|thinking aloud|wondering)\b",
    r"\bfor example\b",
    r"^\W*(?:kind |best )?regards\b",
    r"^\W*i don't know\b",
    r"\bno (?:rush|hurry|worries)\b",
)
"""A sentence that says nothing about the matter."""

HEADINGS = {
    "context": _any(r"^(?:context|background|situation|why|problem)\s*:\s*\S"),
    "deadline": _any(r"^(?:deadline|due|by when|needed by|when)\s*:\s*\S"),
    "options": _any(r"^(?:options?|alternatives?)(?: considered)?\s*:"),
    "authority": _any(
        r"^(?:authority|decision|decider|who decides|approver|approval|input)\s*:\s*\S"
    ),
}
"""A line that names the point that it makes."""

DEADLINE = _any(
    rf"(?<!up )\b(?:by|before|until|till|due|due on|due by|no later than|not later than)"
    rf" (?:(?:the|this|next|about|around|latest|at|end of) ){{0,2}}{_TIME}",
    rf"\b(?:within|in the next) (?:the next )?{_COUNT} (?:working |business )?"
    r"(?:hours?|days?|weeks?)\b",
    r"\bbefore (?:the|our|my|we|you|i) (?:next )?(?:\w+ ){0,2}?(?:release|launch|demo|meeting|call"
    r"|deploy|deployment|freeze|deadline|ship|leave|start|standup|review|sprint|conference)\b",
    r"\b(?:asap|as soon as possible|deadline|no (?:rush|hurry)|not urgent|whenever you"
    r"|at your (?:leisure|convenience)|takes? your time|when you have (?:time|a moment|a minute)"
    r"|when you get (?:a chance|to it|time)|eod|eow|cob)\b",
    rf"\bneed(?:s|ed)? (?:\S+ ){{0,6}}?(?:{_DAY}|this week|next week)\b",
    r"\bby the (?:time|end|weekend)\b",
)
"""By when, or that there is no hurry."""

DEADLINE_IN_QUESTION = _any(
    rf"\bon {_TIME}",
    rf"\b(?:can|could|will|would) (?:you|we)\b{_GAP}\b(?:{_DAY}|this week|next week)\W*$",
)
"""A time in a question is when the thing asked about happens."""

TRIED = _any(
    rf"\b(?:i|we)(?:'ve| have)? (?:also )?(?:tried|ruled out|rejected){_GAP}"
    r"\b(?:but\b|fail|no avail)",
    rf"\bi(?:'m| am) trying to use\b{_GAP}\b(?:but\b|fail)",
    rf"\bi thought (?:maybe )?\S+{_GAP}\bbut\b",
)
"""A way that was tried and isn't good enough. It describes the situation too."""

WEIGHED = _any(
    r"\b(?:my|our|the|two|three|other|these|possible|only) options?\b",
    r"\boptions? (?:considered|[a-d1-4]\b|are\b|seem)",
    r"\b(?:alternatively|the alternatives?|an alternative (?:is|would|to)|alternatives are"
    r"|(?:my )?alternate (?:strategy|approach|way))\b",
    r"\bor (?:maybe|perhaps)\b",
    r"\bconsider(?:ed|ing) (?:\S+ ){1,4}?(?:and|or|but)\b",
    rf"\b(?:suppose|guess|maybe|think) (?:i|we) could\b{_GAP}\bbut\b",
    rf"\b(?:i|we) could (?:always|also|just)\b{_GAP}\bbut\b",
    rf"\bthinking (?:of|about)\b{_GAP}\bbut\b",
    rf"\b(?:i|we)(?:'d| would)\b{_GAP}\brather than\b",
    rf"\b(?:i|we|you) (?:could|can)\b{_GAP}, or\b",
    r"^(?:but )?otherwise,? (?:i|we)\b",
    r"^or,? (?:is|are|do|does|should|can|could|would|will|did)\b",
    rf"\bprefer\b{_GAP}\b(?:over|to)\b",
    rf"\b(?:whether|idea if|sure if|(?:know|tell) if) (?:this|it|that|we|to)\b{_GAP}\bor (?!not\b)",
)
"""Ways that could be taken."""

OR_IN_QUESTION = _any(
    r"^or,? (?:maybe|perhaps|failing)\b",
    r",? \bor,? (?:is|are|do|does|should|can|could|would|will|did|just|the|that|it|we|i)\b",
    r", or,? (?!(?:both|know|at least|any|some|so|not|more)\b)[\w\ufffc]",
    r"^(?:@\S+[\s,:]+){0,5}(?:so )?(?:should|shall|which|do we|would you (?:rather|prefer)"
    rf"|is it better|better)\b{_GAP}\b(?:or|instead of|rather than)\b",
    rf"\beither {_GAP}\bor\b",
    r"\b(?:versus|vs)\b",
)
"""Two ways in a question."""

AUTHORITY = _any(
    r"\b(?:any|your|some|have|asking for|looking for|want|need|love|appreciate|welcome|like)"
    r" (?:\w+ ){0,2}?(?:opinions?|thoughts?|advice|suggestions?|recommendations?|feedback|input"
    r"|comments?|preferences?|objections?|votes?|approval|sign-?off|permission|go-?ahead)\b",
    r"\b(?:opinions?|thoughts|advice|suggestions|feedback|comments|objections|preferences)\W*\?",
    r"\ban opinion on\b",
    r"\bwhat do (?:you|people|others) (?:all )?think\b",
    r"\bdo you think (?:this|that|it|we|i)\b",
    r"\b(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:recommend|approve|advise"
    r"|sign off|decide)\b",
    r"\b(?:you guys|anyone|someone|you) can recommend\b",
    r"\b(?:i|we|you|he|she|they|who|@\S+)(?:'ll| will| should| can| must)? (?:make the (?:final )?"
    r"decision|decides?|ha(?:ve|s) the (?:final|last) (?:say|word))\b",
    r"\b(?:your|my|our|his|her|their) (?:call|decision)\b",
    r"\bup to (?:you|me|us|@\S+)\b",
    r"\b(?:i|we)(?:'ll| will|'m going to|'m gonna| think i'm gonna) (?:go ahead|go with|stick with"
    r"|merge|ship|do it|proceed)\b",
    r"\bunless (?:you|someone|anyone|i hear|there are)\b",
    r"\bplease (?:approve|decide|sign off|veto|advise)\b",
    r"\b(?:need|needs|require|requires|waiting for|for) (?:\w+ ){0,2}?(?:approval|sign-?off"
    r"|decision|go-?ahead)\b",
    r"^(?:@\S+[\s,:]+){1,5}(?:approve|decide|sign)\b",
    r"\b(?:ok|okay|fine|good|alright) (?:with|for|by) you\b",
    r"\bare you (?:ok|okay|fine|happy|good) with\b",
    r"\bdo you (?:agree|approve|object|mind)\b",
    r"\bfor (?:information|your information) only\b|\bfyi\b",
)
"""What kind of answer is wanted, or who decides."""
