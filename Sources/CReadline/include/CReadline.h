#ifndef WENSHU_CREADLINE_H
#define WENSHU_CREADLINE_H

// GNU readline behind functions: Swift 6 refuses C globals that change, and readline is made of them. Nothing here knows
// what Wenshu is; `LineEditor.swift` is the only file that calls it.

/// How one call of `wenshu_readline` ended.
enum wenshu_line_end { WENSHU_LINE_READ, WENSHU_LINE_END_OF_INPUT, WENSHU_LINE_INTERRUPTED };

/// Gives the completions of the text up to the cursor: whole replacements for it, one a line, the number of bytes that
/// lists need not repeat on a line before them. The text is malloc'd and freed here; NULL is none.
typedef char *(*wenshu_completer)(const char *before_cursor);

/// Called on a thread of its own for every SIGINT that does not arrive at the prompt.
typedef void (*wenshu_interrupt)(void);

/// Prepares readline and takes SIGINT over. Call it once, on the main thread, before other threads are started: they
/// inherit the mask that keeps the signal for one thread.
void wenshu_readline_start(const char *name, wenshu_completer completer, wenshu_interrupt interrupt);

/// Reads a line at a terminal. The line is malloc'd, to be freed by the caller; NULL unless `*end` is WENSHU_LINE_READ.
char *wenshu_readline(const char *prompt, int *end);

/// Reads the history file, keeps of equal lines the newest and of all the newest `limit`, and writes it back. 0, or an errno.
int wenshu_history_load(const char *file, int limit);
/// Adds a line to the history, in place of an equal one, and to the file's end. 0, or an errno.
int wenshu_history_add(const char *line, const char *file);

#endif
