#include "app/locale.h"

#include "base/str.h"

#include <stdlib.h>

unsigned
gb_locale_ambiguous_width(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    static const char *const wide[] = {"zh", "ja", "ko"};

    for (size_t i = 0; i < GB_COUNT(variables); i++) {
        const char *value = getenv(variables[i]);
        if (!value || !*value)
            continue;
        GB_FIND(language, wide, GB_COUNT(wide), strncmp(value, *language, 2) == 0);
        return language ? 2 : 1;
    }
    return 1;
}
