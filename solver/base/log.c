#include "log.h"

#include <stdarg.h>
#include <stdio.h>

static BpLogSink current_sink;
static void *current_context;

void bp_log_sink(BpLogSink sink, void *context) {
  current_sink = sink;
  current_context = context;
}

void bp_log(BpLogLevel level, const char *format, ...) {
  if (!current_sink)
    return;
  char line[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  current_sink(level, line, current_context);
}
