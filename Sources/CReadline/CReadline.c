#include "CReadline.h"
#include <stdio.h>
#include <readline/readline.h>
int wenshu_readline_ready(void) { return rl_readline_version; }
