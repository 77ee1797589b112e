/*
** The child's side of running another program under limits: the program starts itself once more
** with the word below, takes the limits on, and becomes the other program.
*/

#ifndef vk_confine_h
#define vk_confine_h

#define VK_CONFINE_WORD "--vankien-confine"

/*
** argv: program, VK_CONFINE_WORD, limits, "--", path of the other program, its argv[0], its words.
** A limit is a letter, "=" and a value: d number of the process that it dies with, m bytes of
** memory, f bytes of a file, c seconds of processor, p processes (0: it may start none), x=1 all
** files are closed to it but those that programs of the system need, and so is the network, r path
** to read all the same, w to write.
** Comes back only when it failed: a negative status, with errno.
*/
int vk_confine_run (int argc, char **argv);

#endif
