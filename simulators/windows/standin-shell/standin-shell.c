/*
 * standin-shell: joins a login to the resident service of the Windows stand-in over its unix socket
 * (docs/architecture.md, "The shell socket"). It is the login shell of every account and sshd's ForceCommand.
 *
 *   standin-shell                  interactive shell
 *   standin-shell -c COMMAND       one command; $SSH_ORIGINAL_COMMAND, where set, takes its place
 *   standin-shell --authenticate   pam_exec with expose_authtok: password on stdin, user in $PAM_USER; exits 0 or 1
 *   standin-shell --reseed         feeds stdin to the kernel's random number generator and reseeds it
 *
 * $STANDIN_SHELL_SOCKET names another socket. Exit code 255: the service could not be reached or went away.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { INPUT = 0, RESIZE = 1, END_OF_INPUT = 2 };
enum { OUTPUT = 0, EXIT_CODE = 1, ERROR_OUTPUT = 2 };
enum { UNREACHABLE = 255, PIECE = 16384, CONNECT_SECONDS = 10 };

static struct termios terminal_before;
static volatile sig_atomic_t resized;

static void on_resize(int number)
{
    (void)number;
    resized = 1;
}

static void restore_terminal(void)
{
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
}

static int fail(const char *what)
{
    fprintf(stderr, "standin-shell: %s: %s\r\n", what, strerror(errno));
    return UNREACHABLE;
}

static int write_all(int file, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(file, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = { file, POLLOUT, 0 };
            poll(&ready, 1, -1);
            continue;
        }
        if (written < 0)
            return -1;
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

static int read_all(int file, void *bytes, size_t length)
{
    char *at = bytes;
    while (length > 0) {
        ssize_t got = read(file, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        at += got;
        length -= (size_t)got;
    }
    return 0;
}

static void put_u32(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 24);
    at[1] = (unsigned char)(value >> 16);
    at[2] = (unsigned char)(value >> 8);
    at[3] = (unsigned char)value;
}

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int send_frame(int service, unsigned char type, const void *payload, uint32_t length)
{
    unsigned char head[5] = { type };
    put_u32(head + 1, length);
    return write_all(service, head, sizeof head) || write_all(service, payload, length);
}

/* The service may still be starting: a socket that is not there yet is waited for, up to a deadline. */
static int connect_service(void)
{
    const char *path = getenv("STANDIN_SHELL_SOCKET");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const struct timespec pause = { 0, 50 * 1000 * 1000 };
    struct timespec now, start;
    if (!path)
        path = "/run/standin/shell.sock";
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        int service = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (service < 0)
            return -1;
        if (connect(service, (struct sockaddr *)&address, sizeof address) == 0)
            return service;
        int reason = errno;
        close(service);
        errno = reason;
        if (reason != ENOENT && reason != ECONNREFUSED)
            return -1;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec >= CONNECT_SECONDS)
            return -1;
        nanosleep(&pause, NULL);
    }
}

static void json_text(FILE *to, const char *name, const char *text)
{
    fprintf(to, "\"%s\":\"", name);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(to, "\\%c", c);
        else if (c < 0x20)
            fprintf(to, "\\u%04x", c);
        else
            fputc(c, to);
    }
    fputc('"', to);
}

static int send_header(int service, const char *kind, const char *user, const char *command, const struct winsize *size)
{
    char *line = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&line, &length);
    if (!to)
        return -1;
    fputc('{', to);
    json_text(to, "kind", kind);
    fputc(',', to);
    json_text(to, "user", user);
    if (command) {
        fputc(',', to);
        json_text(to, "command", command);
    }
    if (size)
        fprintf(to, ",\"columns\":%u,\"rows\":%u", size->ws_col, size->ws_row);
    fputs("}\n", to);
    if (fclose(to) != 0)
        return -1;
    int result = write_all(service, line, length);
    free(line);
    return result;
}

static int exit_status(uint32_t code)
{
    /* A process of this system has eight bits to tell; larger codes of Windows must not turn into success. */
    return code > 255 ? 255 : (int)code;
}

/* Handles one frame of the service. Returns its exit status, -1 to go on, -2 when the service is gone. */
static int receive_frame(int service)
{
    static unsigned char piece[PIECE];
    unsigned char head[5];
    if (read_all(service, head, sizeof head) != 0)
        return -2;
    uint32_t length = get_u32(head + 1);
    if (head[0] == EXIT_CODE && length == 4) {
        if (read_all(service, piece, 4) != 0)
            return -2;
        return exit_status(get_u32(piece));
    }
    int file = head[0] == ERROR_OUTPUT ? STDERR_FILENO : STDOUT_FILENO;
    while (length > 0) {
        size_t part = length < PIECE ? length : PIECE;
        if (read_all(service, piece, part) != 0)
            return -2;
        /* Nobody reads any more: the exit code is still worth waiting for. */
        if (head[0] == OUTPUT || head[0] == ERROR_OUTPUT)
            (void)write_all(file, piece, part);
        length -= (uint32_t)part;
    }
    return -1;
}

static int send_size(int service)
{
    struct winsize size;
    unsigned char payload[4];
    if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    payload[0] = (unsigned char)(size.ws_col >> 8);
    payload[1] = (unsigned char)size.ws_col;
    payload[2] = (unsigned char)(size.ws_row >> 8);
    payload[3] = (unsigned char)size.ws_row;
    return send_frame(service, RESIZE, payload, sizeof payload);
}

/* Carries input and output until the exit code comes. */
static int relay(int service)
{
    static unsigned char piece[PIECE];
    struct pollfd files[2] = { { service, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
    struct sigaction action = { .sa_handler = on_resize };
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGWINCH);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigaction(SIGWINCH, &action, NULL);
    for (;;) {
        int ready = ppoll(files, 2, NULL, &before);
        if (resized) {
            resized = 0;
            (void)send_size(service);
        }
        if (ready < 0 && errno != EINTR)
            return fail("waiting for input");
        if (ready <= 0)
            continue;
        if (files[0].revents) {
            int result = receive_frame(service);
            if (result == -2) {
                fputs("standin-shell: the resident service closed the connection\r\n", stderr);
                return UNREACHABLE;
            }
            if (result >= 0)
                return result;
        }
        if (files[1].revents) {
            ssize_t got = read(STDIN_FILENO, piece, sizeof piece);
            if (got < 0 && (errno == EINTR || errno == EAGAIN))
                continue;
            /* A service that has gone shows at the next read from it. */
            if (got > 0) {
                (void)send_frame(service, INPUT, piece, (uint32_t)got);
            } else {
                (void)send_frame(service, END_OF_INPUT, NULL, 0);
                files[1].fd = -1;
            }
        }
    }
}

static int authenticate(int service)
{
    unsigned char password[1024];
    size_t length = 0;
    const char *user = getenv("PAM_USER");
    while (length < sizeof password) {
        ssize_t got = read(STDIN_FILENO, password + length, sizeof password - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (size_t)got;
        if (memchr(password, 0, length))
            break;
    }
    unsigned char *end = memchr(password, 0, length);
    if (end)
        length = (size_t)(end - password);
    int result = -1;
    if (send_header(service, "authenticate", user ? user : "", NULL, NULL) == 0 &&
        send_frame(service, INPUT, password, (uint32_t)length) == 0 &&
        send_frame(service, END_OF_INPUT, NULL, 0) == 0)
        while ((result = receive_frame(service)) == -1)
            ;
    explicit_bzero(password, sizeof password);
    return result == 0 ? 0 : 1;
}

static int reseed(void)
{
    struct {
        int entropy_count;
        int buf_size;
        unsigned char bytes[512];
    } pool = { 0, 0, { 0 } };
    size_t length = 0;
    ssize_t got;
    while (length < sizeof pool.bytes &&
           (got = read(STDIN_FILENO, pool.bytes + length, sizeof pool.bytes - length)) > 0)
        length += (size_t)got;
    pool.buf_size = (int)length;
    pool.entropy_count = (int)length * 8;
    int random = open("/dev/urandom", O_WRONLY);
    if (random < 0 || ioctl(random, RNDADDENTROPY, &pool) != 0)
        return fail("feeding the random number generator") ? 1 : 0;
#ifdef RNDRESEEDCRNG
    if (ioctl(random, RNDRESEEDCRNG) != 0 && errno != ENODATA)
        return fail("reseeding the random number generator") ? 1 : 0;
#endif
    return 0;
}

static int is_this_program(const char *command)
{
    const char *name = strrchr(command, '/');
    return strcmp(name ? name + 1 : command, "standin-shell") == 0;
}

static const char *login_user(void)
{
    const char *user = getenv("USER");
    if (!user)
        user = getenv("LOGNAME");
    /* Started by the system and not by a login: the service takes its built-in administrator. */
    return user && strcmp(user, "root") != 0 ? user : "";
}

int main(int count, char **arguments)
{
    const char *command = getenv("SSH_ORIGINAL_COMMAND");
    struct winsize size;
    signal(SIGPIPE, SIG_IGN);
    if (count == 2 && strcmp(arguments[1], "--reseed") == 0)
        return reseed();
    int service = connect_service();
    if (service < 0) {
        fail("the resident service cannot be reached");
        return count == 2 && strcmp(arguments[1], "--authenticate") == 0 ? 1 : UNREACHABLE;
    }
    if (count == 2 && strcmp(arguments[1], "--authenticate") == 0)
        return authenticate(service);
    /* sshd starts the ForceCommand, which is this program, through the login shell, which is this program too. */
    if (!command && count == 3 && strcmp(arguments[1], "-c") == 0 && !is_this_program(arguments[2]))
        command = arguments[2];
    int terminal = tcgetattr(STDIN_FILENO, &terminal_before) == 0 && ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0;
    if (terminal && (size.ws_col == 0 || size.ws_row == 0)) {
        size.ws_col = 80;
        size.ws_row = 25;
    }
    if (send_header(service, command ? "exec" : "shell", login_user(), command, terminal ? &size : NULL) != 0)
        return fail("talking to the resident service");
    if (terminal) {
        struct termios raw = terminal_before;
        cfmakeraw(&raw);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
        atexit(restore_terminal);
    }
    return relay(service);
}
