/*
 * The leaf functions of simulators/disk/bytes and what is like them, for the listings in QuickJS: an interpreter spends
 * most of a listing in loops over a few bytes. Each does what the TypeScript of the same name does, errors included;
 * ci/listing/native-bytes.ts puts them in its place.
 */

/* The bytes of a Uint8Array; NULL for all else. */
static inline const uint8_t *bytes_of(JSValueConst value, uint32_t *length) {
  if (!JS_IsObject(value)) return NULL;
  JSObject *object = JS_VALUE_GET_OBJ(value);
  if (object->class_id != JS_CLASS_UINT8_ARRAY) return NULL;
  *length = object->u.array.count;
  return object->u.array.u.uint8_ptr;
}

static inline int number_of(JSContext *context, JSValueConst value, int64_t *number) {
  if (JS_VALUE_GET_TAG(value) == JS_TAG_INT) return *number = JS_VALUE_GET_INT(value), 0;
  return JS_ToInt64(context, number, value);
}

static JSValue no_bytes(JSContext *context) { return JS_ThrowTypeError(context, "not a Uint8Array"); }

static const uint8_t *integer_at(JSContext *context, JSValueConst *words, int size) {
  uint32_t length;
  int64_t at;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context), NULL;
  if (number_of(context, words[1], &at)) return NULL;
  if (at >= 0 && at + size <= length) return bytes + at;
  JS_ThrowRangeError(context, "an integer of %d bytes at %lld does not fit into %u bytes", size, (long long)at, length);
  return NULL;
}

/* magic: bytes of the integer, 32 + 4 for a signed one, 64 for a text of hex digits. */
static JSValue js_integer(JSContext *context, JSValueConst self, int count, JSValueConst *words, int magic) {
  int size = magic & 15;
  const uint8_t *at = integer_at(context, words, size);
  if (at == NULL) return JS_EXCEPTION;
  if (size == 2) return JS_NewInt32(context, at[0] | at[1] << 8);
  uint32_t value;
  if (size == 8) {
    uint64_t wide;
    memcpy(&wide, at, 8);
    return JS_NewBigUint64(context, wide);
  }
  memcpy(&value, at, 4);
  return magic & 32 ? JS_NewInt32(context, (int32_t)value) : JS_NewInt64(context, value);
}

/* hasAscii(bytes, offset, text) */
static JSValue js_has_ascii(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length;
  int64_t at;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL || !JS_IsString(words[2])) return no_bytes(context);
  if (number_of(context, words[1], &at)) return JS_EXCEPTION;
  const JSString *text = JS_VALUE_GET_STRING(words[2]);
  if (text->is_wide_char || at < 0 || at + text->len > length) return JS_FALSE;
  return JS_NewBool(context, memcmp(bytes + at, text->u.str8, text->len) == 0);
}

/* Where a part of the bytes starts, from (bytes, start?, length?); NULL with a RangeError where it does not fit. */
static const uint8_t *part_of(JSContext *context, int count, JSValueConst *words, const char *what, uint32_t *length) {
  uint32_t all;
  int64_t start = 0, size;
  const uint8_t *bytes = bytes_of(words[0], &all);
  if (bytes == NULL) return no_bytes(context), NULL;
  if (count > 1 && !JS_IsUndefined(words[1]) && number_of(context, words[1], &start)) return NULL;
  size = all - start;
  if (count > 2 && !JS_IsUndefined(words[2]) && number_of(context, words[2], &size)) return NULL;
  if (start < 0 || size < 0 || start + size > all) {
    JS_ThrowRangeError(context, "%s of %lld bytes at %lld does not fit into %u bytes", what, (long long)size, (long long)start, all);
    return NULL;
  }
  *length = size;
  return bytes + start;
}

/* decodeLatin1(bytes, start?, length?) */
static JSValue js_latin1(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length;
  const uint8_t *bytes = part_of(context, count, words, "text", &length);
  return bytes ? js_new_string8(context, bytes, length) : JS_EXCEPTION;
}

/* decodeUtf16(bytes, start?, length?) */
static JSValue js_utf16(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length;
  const uint8_t *bytes = part_of(context, count, words, "UTF-16 text", &length);
  if (bytes == NULL) return JS_EXCEPTION;
  uint32_t units = length / 2, index, high = 0;
  for (index = 0; index < units; index++) high |= bytes[2 * index + 1];
  JSString *text = js_alloc_string(context, units, high != 0);
  if (text == NULL) return JS_EXCEPTION;
  if (high) {
    for (index = 0; index < units; index++) text->u.str16[index] = bytes[2 * index] | bytes[2 * index + 1] << 8;
  } else {
    for (index = 0; index < units; index++) text->u.str8[index] = bytes[2 * index];
    text->u.str8[units] = 0;
  }
  return JS_MKPTR(JS_TAG_STRING, text);
}

static const char hex_digits[] = "0123456789abcdef";

/* toHex(bytes) */
static JSValue js_hex(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length, index;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context);
  JSString *text = js_alloc_string(context, 2 * length, 0);
  if (text == NULL) return JS_EXCEPTION;
  for (index = 0; index < length; index++) {
    text->u.str8[2 * index] = hex_digits[bytes[index] >> 4];
    text->u.str8[2 * index + 1] = hex_digits[bytes[index] & 15];
  }
  text->u.str8[2 * length] = 0;
  return JS_MKPTR(JS_TAG_STRING, text);
}

/* guidFromBytes(bytes, offset?) */
static JSValue js_guid(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  static const int8_t order[] = {3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15};
  uint32_t length;
  int64_t at = 0;
  uint8_t text[36], *end = text;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context);
  if (count > 1 && !JS_IsUndefined(words[1]) && number_of(context, words[1], &at)) return JS_EXCEPTION;
  if (at < 0 || at + 16 > length)
    return JS_ThrowRangeError(context, "a GUID at %lld does not fit into %u bytes", (long long)at, length);
  for (size_t index = 0; index < sizeof order; index++) {
    if (order[index] < 0) {
      *end++ = '-';
      continue;
    }
    uint8_t byte = bytes[at + order[index]];
    *end++ = hex_digits[byte >> 4];
    *end++ = hex_digits[byte & 15];
  }
  return js_new_string8(context, text, sizeof text);
}

/* sameBytes(left, right) */
static JSValue js_same(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t left_length, right_length;
  const uint8_t *left = bytes_of(words[0], &left_length), *right = bytes_of(words[1], &right_length);
  if (left == NULL || right == NULL) return no_bytes(context);
  return JS_NewBool(context, left_length == right_length && memcmp(left, right, left_length) == 0);
}

/* sumOfBytes(bytes) */
static JSValue js_sum(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length, index;
  uint64_t sum = 0;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context);
  for (index = 0; index < length; index++) sum += bytes[index];
  return JS_NewInt64(context, sum);
}

/* xorOfWords(bytes, count) */
static JSValue js_xor(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length, sum = 0, word;
  int64_t all;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context);
  if (number_of(context, words[1], &all)) return JS_EXCEPTION;
  if (all > length / 4) return JS_ThrowRangeError(context, "%lld words do not fit into %u bytes", (long long)all, length);
  for (int64_t index = 0; index < all; index++) {
    memcpy(&word, bytes + 4 * index, 4);
    sum ^= word;
  }
  return JS_NewInt64(context, sum);
}

/* crc32(bytes) */
static JSValue js_crc32(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  static uint32_t steps[8][256];
  uint32_t length, index;
  const uint8_t *bytes = bytes_of(words[0], &length);
  if (bytes == NULL) return no_bytes(context);
  if (steps[0][1] == 0) {
    for (index = 0; index < 256; index++) {
      uint32_t step = index;
      for (int bit = 0; bit < 8; bit++) step = step & 1 ? step >> 1 ^ 0xedb88320 : step >> 1;
      steps[0][index] = step;
    }
    for (index = 0; index < 256; index++)
      for (int row = 1; row < 8; row++) steps[row][index] = steps[row - 1][index] >> 8 ^ steps[0][steps[row - 1][index] & 255];
  }
  uint32_t crc = 0xffffffff;
  for (index = 0; index + 8 <= length; index += 8) {
    uint32_t low, high;
    memcpy(&low, bytes + index, 4);
    memcpy(&high, bytes + index + 4, 4);
    low ^= crc;
    crc = steps[7][low & 255] ^ steps[6][low >> 8 & 255] ^ steps[5][low >> 16 & 255] ^ steps[4][low >> 24] ^
          steps[3][high & 255] ^ steps[2][high >> 8 & 255] ^ steps[1][high >> 16 & 255] ^ steps[0][high >> 24];
  }
  for (; index < length; index++) crc = steps[0][(crc ^ bytes[index]) & 255] ^ crc >> 8;
  return JS_NewInt64(context, crc ^ 0xffffffff);
}

/* writeUtf8(into, at, text): where it ends. There is room. Half a pair becomes U+FFFD. */
static JSValue js_write_utf8(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length, index;
  int64_t at;
  uint8_t *into = (uint8_t *)bytes_of(words[0], &length);
  if (into == NULL || !JS_IsString(words[2])) return no_bytes(context);
  if (number_of(context, words[1], &at)) return JS_EXCEPTION;
  const JSString *text = JS_VALUE_GET_STRING(words[2]);
  if (at < 0 || at + 3 * (int64_t)text->len > length) return JS_ThrowRangeError(context, "no room for the text");
  uint8_t *end = into + at;
  for (index = 0; index < text->len; index++) {
    uint32_t point = text->is_wide_char ? text->u.str16[index] : text->u.str8[index];
    if (point < 0x80) {
      *end++ = point;
      continue;
    }
    if (point >= 0xd800 && point < 0xe000) {
      uint32_t next = index + 1 < text->len ? text->u.str16[index + 1] : 0;
      if (point < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
        point = 0x10000 + ((point & 0x3ff) << 10 | (next & 0x3ff));
        index++;
      } else {
        point = 0xfffd;
      }
    }
    if (point < 0x800) {
      *end++ = 0xc0 | point >> 6;
    } else {
      if (point < 0x10000) {
        *end++ = 0xe0 | point >> 12;
      } else {
        *end++ = 0xf0 | point >> 18;
        *end++ = 0x80 | (point >> 12 & 0x3f);
      }
      *end++ = 0x80 | (point >> 6 & 0x3f);
    }
    *end++ = 0x80 | (point & 0x3f);
  }
  return JS_NewInt64(context, end - into);
}

/* writeHexList(into, at, bytes, from, to, first): hex digits, with a comma before each byte but the one at `first`. */
static JSValue js_write_hex(JSContext *context, JSValueConst self, int count, JSValueConst *words) {
  uint32_t length, size;
  int64_t at, from, to, first;
  uint8_t *into = (uint8_t *)bytes_of(words[0], &length);
  const uint8_t *bytes = bytes_of(words[2], &size);
  if (into == NULL || bytes == NULL) return no_bytes(context);
  if (number_of(context, words[1], &at) || number_of(context, words[3], &from) || number_of(context, words[4], &to) ||
      number_of(context, words[5], &first))
    return JS_EXCEPTION;
  if (from < 0 || from > to || to > size || at < 0 || at + 3 * (to - from) > length)
    return JS_ThrowRangeError(context, "no room for the bytes");
  uint8_t *end = into + at;
  for (int64_t index = from; index < to; index++) {
    if (index > first) *end++ = ',';
    *end++ = hex_digits[bytes[index] >> 4];
    *end++ = hex_digits[bytes[index] & 15];
  }
  return JS_NewInt64(context, end - into);
}

static const JSCFunctionListEntry byte_functions[] = {
    JS_CFUNC_MAGIC_DEF("readU16", 2, js_integer, 2),
    JS_CFUNC_MAGIC_DEF("readU32", 2, js_integer, 4),
    JS_CFUNC_MAGIC_DEF("readI32", 2, js_integer, 32 + 4),
    JS_CFUNC_MAGIC_DEF("readU64", 2, js_integer, 8),
    JS_CFUNC_DEF("hasAscii", 3, js_has_ascii),
    JS_CFUNC_DEF("decodeLatin1", 3, js_latin1),
    JS_CFUNC_DEF("decodeUtf16", 3, js_utf16),
    JS_CFUNC_DEF("toHex", 1, js_hex),
    JS_CFUNC_DEF("guidFromBytes", 2, js_guid),
    JS_CFUNC_DEF("sameBytes", 2, js_same),
    JS_CFUNC_DEF("sumOfBytes", 1, js_sum),
    JS_CFUNC_DEF("xorOfWords", 2, js_xor),
    JS_CFUNC_DEF("crc32", 1, js_crc32),
    JS_CFUNC_DEF("writeUtf8", 3, js_write_utf8),
    JS_CFUNC_DEF("writeHexList", 6, js_write_hex),
};
