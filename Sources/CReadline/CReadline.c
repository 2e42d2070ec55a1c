#define _GNU_SOURCE
#include "CReadline.h"
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <fcntl.h>
#include <readline/readline.h>
#include <readline/history.h>

static wenshu_completer completer;
static wenshu_interrupt interrupt;
static atomic_int at_prompt;
static int wake[2];

// --- Ctrl-C ---------------------------------------------------------------------------------------------------------
// SIGINT is blocked everywhere and waited for by one thread, so that what it causes runs in a normal context: no signal
// handler touches readline or the warehouse.

static void *wait_for_interrupts(void *unused) {
  (void)unused;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  for (;;) {
    int signal;
    if (sigwait(&set, &signal) != 0) continue;
    if (atomic_load(&at_prompt)) {
      if (write(wake[1], "!", 1) < 0) continue;
    } else if (interrupt) {
      interrupt();
    }
  }
  return NULL;
}

static void take_interrupts(void) {
  if (pipe(wake) != 0) return;
  for (int i = 0; i < 2; i++) {
    fcntl(wake[i], F_SETFD, FD_CLOEXEC);
    fcntl(wake[i], F_SETFL, O_NONBLOCK);
  }
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  pthread_t thread;
  pthread_create(&thread, NULL, wait_for_interrupts, NULL);
  pthread_detach(thread);
}

// --- completion ------------------------------------------------------------------------------------------------------
// The word to complete is the whole text before the cursor: Chinese has no spaces to cut at, and English names have
// spaces inside. Lists leave out what all candidates begin with up to `shown_from`.

static char **candidates, **notes, *noted_lines;
static int candidate_count, shown_from;

static char *next_candidate(const char *text, int state) {
  (void)text;
  static int index;
  if (state == 0) index = 0;
  return index < candidate_count ? strdup(candidates[index++]) : NULL;
}

static void read_candidates(char *lines) {
  candidate_count = 0;
  char *rest = lines, *line = strsep(&rest, "\n");
  shown_from = line ? atoi(line) : 0;
  while (rest && (line = strsep(&rest, "\n")) != NULL) {
    if (*line == 0) continue;
    char **grown = realloc(candidates, (candidate_count + 1) * sizeof *grown);
    if (!grown) return;
    candidates = grown;
    char **grown_notes = realloc(notes, (candidate_count + 1) * sizeof *grown_notes);
    if (!grown_notes) return;
    notes = grown_notes;
    char *tab = strchr(line, '\t');
    if (tab) *tab = 0;
    notes[candidate_count] = tab ? tab + 1 : NULL;
    candidates[candidate_count++] = line;
  }
}

static char **complete(const char *text, int start, int end) {
  (void)text;
  (void)start;
  rl_attempted_completion_over = 1;  // never file names
  rl_completion_append_character = 0;
  if (!completer) return NULL;
  char *before = strndup(rl_line_buffer, end);
  char *lines = completer(before);
  free(before);
  if (!lines) return NULL;
  read_candidates(lines);
  char **matches = candidate_count ? rl_completion_matches(text, next_candidate) : NULL;
  // What several candidates begin with takes the place of the text only if it goes on from it: 转化率 and 转化人数, for
  // `zh`, leave `zh` as it was typed.
  if (matches && matches[1] && strncasecmp(matches[0], text, strlen(text)) != 0) {
    free(matches[0]);
    matches[0] = strdup(text);
  }
  free(noted_lines);
  noted_lines = lines;
  return matches;
}

/// What stands beside a candidate; NULL if nothing does.
static const char *note_of(const char *candidate) {
  for (int i = 0; i < candidate_count; i++)
    if (strcmp(candidates[i], candidate) == 0) return notes[i];
  return NULL;
}

static int columns_of(const char *text) {
  wchar_t wide[512];
  size_t count = mbstowcs(wide, text, 511);
  if (count == (size_t)-1) return strlen(text);
  int width = wcswidth(wide, count);
  return width < 0 ? (int)count : width;
}

/// One candidate a line, its note beside it.
static void show_with_notes(char **matches, int count) {
  int widest = 0;
  for (int i = 1; i <= count; i++) {
    int width = columns_of(matches[i] + shown_from);
    if (width > widest) widest = width;
  }
  int lines = 0, terminal = 80;
  rl_get_screen_size(&lines, &terminal);
  rl_crlf();
  for (int i = 1; i <= count; i++) {
    const char *shown = matches[i] + shown_from, *note = note_of(matches[i]);
    fprintf(rl_outstream, "  %s", shown);
    if (note && 2 + widest + 2 + columns_of(note) < terminal) fprintf(rl_outstream, "%*s%s", widest - columns_of(shown) + 2, "", note);
    fputc('\n', rl_outstream);
  }
  rl_on_new_line();
}

static void show_candidates(char **matches, int count, int longest) {
  int has_notes = 0, is_long = 0;
  for (int i = 1; i <= count; i++) {
    has_notes |= note_of(matches[i]) != NULL;
    is_long |= (int)strlen(matches[i]) < shown_from;
  }
  if (has_notes && !is_long && count <= 40) {
    show_with_notes(matches, count);
    return;
  }
  char **shown = malloc((count + 2) * sizeof *shown);
  if (!shown) return;
  shown[count + 1] = NULL;
  int width = 0;
  for (int i = 0; i <= count; i++) {
    int skip = shown_from <= (int)strlen(matches[i]) ? shown_from : 0;
    shown[i] = matches[i] + skip;
    if ((int)strlen(shown[i]) > width) width = strlen(shown[i]);
  }
  (void)longest;
  rl_display_match_list(shown, count, width);
  rl_on_new_line();
  free(shown);
}

// --- lines -----------------------------------------------------------------------------------------------------------

void wenshu_readline_start(const char *name, wenshu_completer with_completer, wenshu_interrupt with_interrupt) {
  // Readline counts columns by the locale; under `C` a Chinese character would be three.
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
  completer = with_completer;
  interrupt = with_interrupt;
  rl_readline_name = name;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 1;
  rl_attempted_completion_function = complete;
  rl_completion_display_matches_hook = show_candidates;
  rl_completer_word_break_characters = "";
  rl_basic_word_break_characters = "";
  rl_completer_quote_characters = "";
  rl_sort_completion_matches = 0;
  rl_variable_bind("enable-bracketed-paste", "on");
  rl_variable_bind("colored-completion-prefix", "off");
  take_interrupts();
}

static char *line_read;
static int line_done;

static void take_line(char *line) {
  line_read = line;
  line_done = 1;
  rl_callback_handler_remove();
}

static void empty_wake(void) {
  char bytes[64];
  while (read(wake[0], bytes, sizeof bytes) > 0) {}
}

static void give_up_line(void) {
  // Said where the cursor is: what ends bracketed paste goes to the start of the line.
  fputs("^C", rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_callback_handler_remove();
  fputs("\n", rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
}

char *wenshu_readline(const char *prompt, int *end) {
  line_read = NULL;
  line_done = 0;
  empty_wake();
  atomic_store(&at_prompt, 1);
  rl_callback_handler_install(prompt, take_line);
  struct pollfd inputs[2] = {{STDIN_FILENO, POLLIN, 0}, {wake[0], POLLIN, 0}};
  *end = WENSHU_LINE_READ;
  while (!line_done) {
    int ready = poll(inputs, 2, -1);
    if (ready < 0 && errno != EINTR) break;
    if (ready < 0) continue;
    if (inputs[1].revents & POLLIN) {
      empty_wake();
      give_up_line();
      *end = WENSHU_LINE_INTERRUPTED;
      break;
    }
    if (inputs[0].revents) rl_callback_read_char();
  }
  atomic_store(&at_prompt, 0);
  if (*end == WENSHU_LINE_READ && !line_read) *end = WENSHU_LINE_END_OF_INPUT;
  return *end == WENSHU_LINE_READ ? line_read : NULL;
}

// --- history ---------------------------------------------------------------------------------------------------------

static void forget(int index) {
  HIST_ENTRY *removed = remove_history(index);
  if (removed) free_history_entry(removed);
}

/// Removes entries older than `newest` that equal `line`.
static void forget_older(const char *line, int newest) {
  for (int i = newest - 1; i >= 0; i--) {
    HIST_ENTRY *entry = history_get(history_base + i);
    if (entry && strcmp(entry->line, line) == 0) forget(i);
  }
}

int wenshu_history_load(const char *file, int limit) {
  int error = read_history(file);
  if (error == ENOENT) return 0;
  if (error) return error;
  for (int i = history_length - 1; i > 0; i--) {
    HIST_ENTRY *entry = history_get(history_base + i);
    int before = history_length;
    if (entry) forget_older(entry->line, i);
    i -= before - history_length;
  }
  stifle_history(limit);
  return write_history(file);
}

int wenshu_history_add(const char *line, const char *file) {
  forget_older(line, history_length);
  add_history(line);
  if (!file) return 0;
  int created = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (created < 0) return errno;
  close(created);
  return append_history(1, file);
}
