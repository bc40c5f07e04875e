# newspipe: make help lists what can be made.
VERSION = 0.1.0

PREFIX  = /usr/local
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
COMPDIR = $(PREFIX)/share

CC     = cc
CFLAGS = -O2 -g
WARN   = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
# Everything made lies below BUILD; another flavour is another BUILD.
BUILD  = build

LIBS_CFLAGS := $(shell pkg-config --cflags jansson zlib 2>/dev/null)
LIBS_LDLIBS := $(shell pkg-config --libs jansson zlib 2>/dev/null || echo -ljansson -lz)

COMPILE = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -DVERSION='"$(VERSION)"' -I. \
          $(WARN) $(LIBS_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) $(LDFLAGS)

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
