#ifndef WENSHU_CREADLINE_H
#define WENSHU_CREADLINE_H
/// GNU readline's globals behind functions, because Swift 6 refuses C globals that change.
int wenshu_readline_ready(void);
#endif
