#include "app/app.h"

int
main(int argc, char **argv)
{
    return gb_main(argc, argv);
}
