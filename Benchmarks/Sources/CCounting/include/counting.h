/* Counts what a program does between two calls: blocks of memory here, instructions by callgrind, which is told the
   names of both functions (--zero-before=counting_begins --dump-before=counting_ends). */
#ifndef COUNTING_H
#define COUNTING_H

/* Starts a count. */
void counting_begins(void);

/* Ends it; how many blocks malloc and its kin have handed out since counting_begins. */
unsigned long counting_ends(void);

#endif
