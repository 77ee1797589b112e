# vankien: build, test, install.  `make help` lists the targets.

PREFIX   ?= /usr/local
LINE     ?= libedit
BUILD    ?= build
JOBS     ?= $(shell nproc)
VERSION  := $(shell sed -n 's/^\#define VK_VERSION "\(.*\)"/\1/p' host/vk.h)

# Debian's names of what is needed, to build and to test.
PACKAGES := gcc libc6-dev pkg-config liblua5.4-dev lua-lpeg-dev libsqlite3-dev libutf8proc-dev \
            libmd-dev libseccomp-dev $(if $(filter readline,$(LINE)),libreadline-dev,libedit-dev) \
            lua-busted lua-check lua-filesystem lua-cjson poppler-utils pandoc openssh-client

LIBS     := lua5.4 lua5.4-lpeg sqlite3 libutf8proc libmd libseccomp $(LINE)
HARDEN   := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
WARN     := -Wall -Wextra -Wpedantic
OPTIMISE ?= -O2
CFLAGS   ?= $(OPTIMISE) -g $(HARDEN)
LDFLAGS  ?= -pie -Wl,-z,relro,-z,now,-z,pack-relative-relocs -Wl,--gc-sections
C_STD    := -std=c11 -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700
PKG       = $(shell pkg-config $(1) $(LIBS))
CPP_ALL   = $(C_STD) -Ihost $(filter-out -D_XOPEN_SOURCE% -D_DEFAULT_SOURCE,$(call PKG,--cflags)) \
            $(if $(filter readline,$(LINE)),-DVK_READLINE)

# All but libc and libm goes into the program (a quarter faster to start; LINK=dynamic for
# shared libraries).  Lua is whole and exported, so that its C modules (lfs, cjson) load.
# In our copy of it four functions are renamed, and host/late_api_lua.c stands in front of them.
LINK     ?= static
NO_A     := -lm -ldl -lz -llua5.4
ifeq ($(LINK),static)
LINKED    = -Wl,-Bstatic $(filter-out $(NO_A),$(call PKG,--libs --static)) \
            -Wl,-Bdynamic
else
LINKED    = -l:liblua5.4-lpeg.a $(filter-out -llua5.4 -llua5.4-lpeg,$(call PKG,--libs))
endif
ALL_LIBS  = -Wl,--whole-archive $(BUILD)/liblua5.4.a -Wl,--no-whole-archive $(LINKED) -lm -ldl \
            -Wl,--export-dynamic-symbol='lua_*' -Wl,--export-dynamic-symbol='luaL_*' \
            -Wl,--export-dynamic-symbol='luaopen_*'

C_FILES  := $(sort $(wildcard host/*.c))
OBJECTS  := $(C_FILES:host/%.c=$(BUILD)/host/%.o) $(BUILD)/embed.o $(BUILD)/embed_index.o
EMBEDDED := $(sort $(shell find lua db -type f \( -name '*.lua' -o -name '*.sql' -o -name '*.tsv' \)))

all: $(addprefix $(BUILD)/,vankien alloc filter pty oldkernel)  ## build build/vankien (LINE=readline: not with libedit)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

# Installs what is missing where that is allowed, else says what to type.
deps:  ## find missing Debian packages and install them
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed \
	    || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as=""; \
	elif sudo -n true 2>/dev/null; then as="sudo"; \
	else echo "Packages are missing. Type:"; \
	  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$$missing"; \
	  exit 1; fi; \
	echo "installing:$$missing"; export DEBIAN_FRONTEND=noninteractive; \
	$$as apt-get -qq update </dev/null && \
	$$as apt-get -qq install -y --no-install-recommends $$missing </dev/null >/dev/null

LATE     := next rawget rawset setmetatable
$(BUILD)/liblua5.4.a: Makefile
	@mkdir -p $(BUILD)/lua
	@cp "$$($(CC) -print-file-name=liblua5.4.a)" $@
	@cd $(BUILD)/lua && ar x $(abspath $@) lapi.o \
	  && objcopy $(foreach f,$(LATE),--redefine-sym lua_$(f)=vk_lua_$(f)) lapi.o
	@ar r $@ $(BUILD)/lua/lapi.o

$(BUILD)/vankien: $(OBJECTS) $(BUILD)/liblua5.4.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(ALL_LIBS)

$(BUILD)/host/%.o: host/%.c Makefile $(BUILD)/line-$(LINE)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CPP_ALL) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

# A mark of the line editor that was built with; another one makes all again.
$(BUILD)/line-$(LINE):
	@mkdir -p $(BUILD); rm -f $(BUILD)/line-*; touch $@

$(BUILD)/mkembed: host/tools/mkembed.c
	@mkdir -p $(BUILD)
	@$(CC) $(C_STD) $$(pkg-config --cflags lua5.4) -O1 -g $(WARN) -o $@ $< -l:liblua5.4.a -lm -ldl

# Remade when a file is added or taken away, not only when one is newer.
ifneq ($(file <$(BUILD)/embedded),$(EMBEDDED))
$(BUILD)/embedded: always
endif
$(BUILD)/embedded:
	@mkdir -p $(BUILD); printf '%s' '$(EMBEDDED)' > $@
always:

$(BUILD)/embed.S $(BUILD)/embed_index.c &: $(BUILD)/mkembed $(BUILD)/embedded $(EMBEDDED)
	@rm -rf $(BUILD)/luac
	@echo "  EMBED $(words $(EMBEDDED)) files"
	@$(BUILD)/mkembed $(BUILD) $(EMBEDDED)

$(BUILD)/embed.o: $(BUILD)/embed.S
	@$(CC) -c -o $@ $<

$(BUILD)/embed_index.o: $(BUILD)/embed_index.c host/embed.h
	@$(CC) $(C_STD) -Ihost $(CFLAGS) -c -o $@ $<

test: deps  ## install what is missing, build, run every spec (T=word: only files of that name)
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(BUILD)/vankien run tests/run.lua $(T)

demo: deps  ## install what is missing, build, make a store, print the shift with its evidence
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@rm -rf $(BUILD)/demo
	@XDG_DATA_HOME=$(abspath $(BUILD)/demo) $(BUILD)/vankien run examples/participation_shift.lua

check: lint test  ## what continuous integration runs

ASAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan: deps  ## build with sanitizers into build/asan and run every spec
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/asan CFLAGS='-O1 -g $(ASAN)' LDFLAGS='$(ASAN)' all
	@ASAN_OPTIONS=quarantine_size_mb=16 UBSAN_OPTIONS=print_stacktrace=1 \
	  build/asan/vankien run tests/run.lua $(T)

lint: deps  ## luacheck, the compiler with warnings as errors, cppcheck where installed
	@luacheck -q --no-color $(wildcard lua tests examples)
	@$(CC) $(CPP_ALL) -O2 $(WARN) -Wshadow -Wstrict-prototypes -Wvla -Werror -fsyntax-only $(C_FILES)
	@if command -v cppcheck >/dev/null; then cppcheck -q --error-exitcode=1 --inline-suppr \
	  --enable=warning,portability --std=c11 -Ihost -j2 host; fi
	@echo "lint: clean"

bench: deps  ## measure, beside rg, FTS5, LuaSQL and Python where installed
	@$(MAKE) --no-print-directory -j$(JOBS) all $(BUILD)/raw_rows $(BUILD)/fts_ladder
	@VANKIEN_PROGRAM=$(BUILD)/vankien $(BUILD)/vankien run tests/bench/run.lua

# What rows and the ladder are measured against: SQLite and C, nothing else.
$(BUILD)/raw_rows $(BUILD)/fts_ladder: $(BUILD)/%: tests/bench/%.c
	@echo "  LD $@"
	@$(CC) $(CPP_ALL) -O2 -g $(WARN) -o $@ $< $$(pkg-config --libs sqlite3)

doc: all  ## the manual (Markdown) and the page for man, from the doc comments, in build/doc
	@mkdir -p $(BUILD)/doc
	@$(BUILD)/vankien help --as markdown > $(BUILD)/doc/manual.md
	@$(BUILD)/vankien help --as man > $(BUILD)/doc/vankien.1
	@echo "  DOC $(BUILD)/doc/manual.md $(BUILD)/doc/vankien.1"

# Harnesses in C are tests/fuzz/NAME.c, those in Lua tests/fuzz/NAME.lua behind lua_target.c.
# Findings and new inputs stay in build/fuzz; the corpora in the tree are seeds only.
FUZZ_SECONDS ?= 60
FUZZ_LUA := $(patsubst tests/fuzz/%.lua,%,$(wildcard tests/fuzz/*.lua))
FUZZ_C   := $(filter-out lua_target,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
FUZZ_SAN := -fsanitize=address,undefined -fno-sanitize-recover=all
fuzz: deps  ## fuzz every target in turn for FUZZ_SECONDS (60) each (F=name: only that one); needs clang
	@command -v clang >/dev/null || { echo "make fuzz needs clang: apt-get install clang"; exit 1; }
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/fuzz CC=clang LDFLAGS='$(FUZZ_SAN)' \
	  CFLAGS='-O1 -g $(FUZZ_SAN) -fsanitize=fuzzer-no-link' $(FUZZ_C:%=build/fuzz/run-%) \
	  $(FUZZ_LUA:%=build/fuzz/run-%)
	@for t in $(or $(F),$(FUZZ_C) $(FUZZ_LUA)); do echo "  FUZZ $$t"; \
	  mkdir -p build/fuzz/found/$$t; VANKIEN_FUZZ=tests/fuzz/$$t.lua \
	  build/fuzz/run-$$t -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
	    -rss_limit_mb=2048 -detect_leaks=0 -verbosity=0 -print_final_stats=1 -artifact_prefix=build/fuzz/$$t- \
	    build/fuzz/found/$$t tests/fuzz/corpus/$$t || exit 1; done

$(FUZZ_C:%=build/fuzz/run-%): build/fuzz/run-%: tests/fuzz/%.c $(OBJECTS) $(BUILD)/liblua5.4.a
	@echo "  LD $@"
	@$(CC) $(CPP_ALL) $(CFLAGS) $(WARN) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
	  $(filter-out %/main.o,$(OBJECTS)) $(ALL_LIBS)

$(FUZZ_LUA:%=build/fuzz/run-%): build/fuzz/run-%: build/fuzz/run-lua
	@ln -f $< $@

build/fuzz/run-lua: tests/fuzz/lua_target.c $(OBJECTS) $(BUILD)/liblua5.4.a
	@echo "  LD $@"
	@$(CC) $(CPP_ALL) $(CFLAGS) $(WARN) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
	  $(filter-out %/main.o,$(OBJECTS)) $(ALL_LIBS)

valgrind: deps  ## the store's specs under valgrind, where installed
	@$(MAKE) --no-print-directory -j$(JOBS) all
	valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
	  $(BUILD)/vankien run tests/run.lua $(or $(T),host_store)

install: doc  ## install under $(DESTDIR)$(PREFIX)
	install -D -m 755 $(BUILD)/vankien $(DESTDIR)$(PREFIX)/bin/vankien
	install -D -m 644 $(BUILD)/doc/vankien.1 $(DESTDIR)$(PREFIX)/share/man/man1/vankien.1
	install -d $(DESTDIR)$(PREFIX)/share/vankien/examples/recipes
	install -m 644 $(wildcard examples/*.*) $(DESTDIR)$(PREFIX)/share/vankien/examples
	install -m 644 $(wildcard examples/recipes/*) $(DESTDIR)$(PREFIX)/share/vankien/examples/recipes

uninstall:  ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/vankien $(DESTDIR)$(PREFIX)/share/man/man1/vankien.1
	rm -rf $(DESTDIR)$(PREFIX)/share/vankien

dist:  ## a source archive of the last commit, in build/
	@mkdir -p build
	git archive --format=tar.gz --prefix=vankien-$(VERSION)/ -o build/vankien-$(VERSION).tar.gz HEAD

# The host without its main, with an allocator that fails on request.
$(BUILD)/alloc: tests/alloc/alloc_main.c $(OBJECTS) $(BUILD)/liblua5.4.a
	@echo "  LD $@"
	@$(CC) $(CPP_ALL) $(CFLAGS) $(WARN) $(LDFLAGS) -o $@ $< $(filter-out %/main.o,$(OBJECTS)) \
	  -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc $(ALL_LIBS)

# All forms of the filter against a plain one, for specs.
$(BUILD)/filter: tests/filter/filter_main.c $(OBJECTS) $(BUILD)/liblua5.4.a
	@echo "  LD $@"
	@$(CC) $(CPP_ALL) $(CFLAGS) $(WARN) $(LDFLAGS) -o $@ $< $(filter-out %/main.o,$(OBJECTS)) $(ALL_LIBS)

# Types at the program in a pseudo-terminal, for specs.
$(BUILD)/pty: tests/pty/pty_main.c
	@mkdir -p $(BUILD)
	@echo "  LD $@"
	@$(CC) -std=c11 $(CFLAGS) $(WARN) -o $@ $< $(LDFLAGS)

# Runs the program as on a kernel without Landlock or seccomp, for specs.
$(BUILD)/oldkernel: tests/jail/oldkernel_main.c
	@mkdir -p $(BUILD)
	@echo "  LD $@"
	@$(CC) -std=c11 $(CFLAGS) $(WARN) -o $@ $< $(LDFLAGS) -lseccomp

clean:  ## remove everything built
	rm -rf build

-include $(wildcard $(BUILD)/host/*.d)

.PHONY: all help deps demo test check asan lint bench fuzz doc valgrind install uninstall dist clean always
