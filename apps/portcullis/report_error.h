#pragma once

#include "apps/report_error.h"
