/*
 * Preloaded into OpenSSH's sftp-server, which has no option for it: at the moment the program asks who its user is,
 * when it is loaded and has not yet looked at any file, the folder $SFTP_VIEW becomes its root. There are no accounts
 * there, so the answer is given here: the user $SFTP_USER.
 */
#define _GNU_SOURCE
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

struct passwd *getpwuid(uid_t number)
{
    static struct passwd user;
    const char *view = getenv("SFTP_VIEW");
    if (view && (chroot(view) != 0 || chdir("/") != 0))
        return NULL;
    unsetenv("SFTP_VIEW");
    user.pw_name = getenv("SFTP_USER");
    user.pw_uid = number;
    /* The server copies every text. */
    user.pw_passwd = user.pw_gecos = "";
    user.pw_dir = user.pw_shell = "/";
    return user.pw_name ? &user : NULL;
}
