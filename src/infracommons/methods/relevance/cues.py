"""Phrases that say, whatever the infrastructure, how an award speaks of it: data, in one place for experts to read."""

CUES: dict[str, tuple[str, ...]] = {
    "deposit": (
        "will be deposited", "be deposited", "deposited in", "deposited at", "deposited on", "deposit", "be archived",
        "archived in", "archived on", "archived at", "archived via", "upload", "made available", "publicly available",
        "freely available", "openly available", "be available", "available through", "available via", "available on",
        "available at", "available in", "posted on", "be posted", "be shared", "shared through", "shared via",
        "shared on", "disseminated through", "disseminated via", "disseminated on", "be disseminated", "hosted on",
        "hosted by", "be hosted", "be stored", "stored in", "stored at", "submitted to", "be released",
        "accessible through", "accessible via", "accessible online", "pre-regist", "preregist", "public repositor",
        "data repositor", "digital repositor", "open repositor", "online repositor", "open access repositor",
    ),
    "build": (
        "integrat", "interoperab", "plug-in", "plugin", "extend", "improve", "improving", "enhanc", "to support",
        "further develop", "support the development", "migrat", "adopt", "implement", "customiz", "customis",
        "instance of", "powered by", "compatible with", "contribute to", "in partnership with", "in collaboration with",
        "partnering with", "collaboration with", "collaborating with", "maintain", "sustain", "expand", "built on",
        "built with", "build on", "builds on", "created with", "leverag", "based on", "using the", "using open",
        "will use", "uses the", "use of the", "make use of", "add-on", "package", "training", "module", "workflow",
    ),
    "open": (
        "open source", "open-source", "open access", "open-access", "platform", "software", "content management system",
        "repository", "repositories", "digital archive", "infrastructure", "metadata", "interface", "library",
        "standard", "format", "protocol", "community",
    ),
    "passing": (
        "such as", "e.g.", "for example", "similar to", "comparable", "inspired by", "generalization of",
        "generalisation of", "developers of", "developer of", "indexed in", "exemplified", "projects like",
        "tools like", "popular", "well-known", "just as", "unlike", "alternative to", "rather than", "limitations of",
        "existing solutions", "has been", "have been", "had been", "recently", "previously", "earlier", "previous",
    ),
    "citation": (
        "et al", "preprint arxiv", "arxiv preprint", "doi:", "doi.org", "in press", "under review", "submitted for",
        "references", "bibliography", "thesis", "proc.", "proceedings", "journal of", "phys. rev", "vol.", "pp.",
        "conference on", "lett.", "published work", "our previous", "recently published", "manuscript", "e-print (",
        "[1]", "[2]", "[3]", "eds.", "springer", "university press",
    ),
    "planned": ("will be", "will use", "will develop", "will extend", "to be", "propose", "plan to", "aims to"),
    "past": ("was ", "were ", "had ", "developed by", "sponsored by", "recently sponsored", "in 20", "in 19"),
    "figure of speech": (
        "serve as a", "serves as a", "serving as a", "as a", "acts as", "lie at", "role as", "symbol", "metaphor",
        "literary", "novel", "poet", "mytholog", "myth", "protein", "gene ", "receptor", "cell", "enzyme", "species",
        "vehicle", "control system", "hardware", "simulation", "ltd", "inc.", "gmbh", "company",
    ),
}  # fmt: skip
