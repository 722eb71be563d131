#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/* How many blocks malloc and its kin have handed out in this process so far. */
unsigned long allocation_count(void);

#endif
