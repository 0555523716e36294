/* Leveled log. The program sets where the lines go; a library that is not told keeps silent. */
#ifndef BP_LOG_H
#define BP_LOG_H

typedef enum { BP_LOG_WARNING = 0, BP_LOG_INFO, BP_LOG_DETAIL } BpLogLevel;

typedef void (*BpLogSink)(BpLogLevel level, const char *line, void *context);

/* Where log lines go from now on; NULL keeps silent. */
void bp_log_sink(BpLogSink sink, void *context);

/* Logs one line (without a newline). */
void bp_log(BpLogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
