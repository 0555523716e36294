/* What every layer may use: status, problems, memory, tensors, log, hashes, files, version. */
#ifndef BP_BASE_H
#define BP_BASE_H

#include "durable.h"
#include "hash.h"
#include "log.h"
#include "memory.h"
#include "problem.h"
#include "status.h"
#include "tensor.h"
#include "version.h"

#endif
