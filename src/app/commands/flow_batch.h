/* flow --batch: charts in JSON lines in, their graphs in JSON lines out, for tests against other readers. */
#ifndef GB_APP_COMMANDS_FLOW_BATCH_H
#define GB_APP_COMMANDS_FLOW_BATCH_H

#include "app/options.h"

/* Reads the files named by the operands, or standard input; returns the exit status. */
int gb_flow_batch(const struct gb_options *options);

#endif
