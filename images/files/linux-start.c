/*
 * Starts a Linux kernel that lies behind this code as LZ4 blocks ("legacy" framing, the one that Linux itself uses).
 *
 * Debian's own bzImage is packed with XZ, which takes 5 s to unpack under TCG; LZ4 takes a fraction of one. Boot loaders
 * enter here by the 32-bit boot protocol (Documentation/arch/x86/boot.rst): flat segments, paging and interrupts off,
 * the boot parameters' address in ESI. The kernel's own entry wants the 64-bit protocol: long mode, identity mapping,
 * selectors 0x10 and 0x18, the boot parameters' address in RSI.
 *
 * Linked at 0 and runs at any address: no data, no absolute references. The first bytes after the jump are filled in
 * by images/linux-image.ts.
 */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

struct plan {
  u32 payload; /* from the start of this code */
  u32 payload_size;
  u32 target; /* physical address that the kernel is linked at */
  u32 target_size; /* what is not in the payload is zero */
  u32 entry; /* physical */
  u32 scratch; /* 64 KiB that nobody uses: page tables, descriptors, stack */
};

asm(".section .text.start, \"ax\"\n"
    ".code32\n"
    "start:\n"
    "  jmp 1f\n"
    "  .balign 4\n"
    "plan: .fill 6, 4, 0\n"
    "1: cli\n"
    "  cld\n"
    /* Where are we? The boot parameters have 4 bytes of scratch for this question (boot_params.scratch). */
    "  leal 0x1e8(%esi), %esp\n"
    "  call 2f\n"
    "2: popl %ebp\n"
    "  subl $(2b - start), %ebp\n"
    "  leal plan - start(%ebp), %ebx\n"
    "  movl 20(%ebx), %esp\n"
    "  addl $0x10000, %esp\n"
    "  pushl %ebp\n"
    "  pushl %ebx\n"
    "  call prepare\n"
    "  movl 20(%ebx), %edi\n"
    "  movl 16(%ebx), %ebx\n"
    "  lgdt 0x6020(%edi)\n"
    "  movl %cr4, %eax\n"
    "  orl $0x20, %eax\n" /* PAE */
    "  movl %eax, %cr4\n"
    "  movl %edi, %cr3\n"
    "  movl $0xc0000080, %ecx\n" /* EFER */
    "  rdmsr\n"
    "  orl $0x100, %eax\n" /* long mode enable */
    "  wrmsr\n"
    "  movl %cr0, %eax\n"
    "  orl $0x80000001, %eax\n" /* paging, protection */
    "  movl %eax, %cr0\n"
    "  leal 3f - start(%ebp), %eax\n"
    "  pushl $0x10\n"
    "  pushl %eax\n"
    "  lretl\n"
    ".code64\n"
    "3: movl $0x18, %eax\n"
    "  movl %eax, %ds\n"
    "  movl %eax, %es\n"
    "  movl %eax, %ss\n"
    "  movl %esi, %esi\n"
    "  movl %ebx, %ebx\n"
    "  jmp *%rbx\n"
    ".code32\n");

static inline u32 get32(const u8 *from) { return *(const u32 *)from; }

static inline u8 *copy(u8 *to, const u8 *from, u32 length) {
  u8 *end = to + length;
  /* A match may overlap itself: whole words only where they are apart. */
  if (to - from >= 4 || from > to)
    for (; to + 4 <= end; to += 4, from += 4) *(u32 *)to = get32(from);
  while (to < end) *to++ = *from++;
  return to;
}

static inline u32 more(const u8 **in, u32 length) {
  u8 byte;
  if (length < 15) return length;
  do length += byte = *(*in)++;
  while (byte == 255);
  return length;
}

/* One LZ4 block (lz4_Block_format.md). Its content is our own, and was checked when it was packed. */
static u8 *unpack(const u8 *in, const u8 *end, u8 *out) {
  for (;;) {
    u8 token = *in++;
    u32 literals = more(&in, token >> 4);
    out = copy(out, in, literals);
    in += literals;
    if (in >= end) return out;
    u32 distance = in[0] | in[1] << 8;
    in += 2;
    u32 length = more(&in, token & 15) + 4;
    out = copy(out, out - distance, length);
  }
}

__attribute__((cdecl, used)) void prepare(const struct plan *plan, const u8 *start) {
  const u8 *in = start + plan->payload + 4; /* behind the magic number */
  const u8 *end = start + plan->payload + plan->payload_size;
  u8 *out = (u8 *)plan->target;
  while (in < end) {
    u32 size = get32(in);
    out = unpack(in + 4, in + 4 + size, out);
    in += 4 + size;
  }
  for (u32 *word = (u32 *)(((u32)out + 3) & ~3u); word < (u32 *)(plan->target + plan->target_size);) *word++ = 0;

  /* The first 4 GiB, in pages of 2 MiB: PML4, PDPT, four page directories. */
  u64 *tables = (u64 *)plan->scratch;
  for (u32 index = 0; index < 2 * 512; index++) tables[index] = 0;
  tables[0] = (plan->scratch + 0x1000) | 3;
  for (u32 index = 0; index < 4; index++) tables[512 + index] = (plan->scratch + 0x2000 + index * 0x1000) | 3;
  for (u32 index = 0; index < 4 * 512; index++) tables[1024 + index] = ((u64)index << 21) | 0x83;

  u64 *descriptors = (u64 *)(plan->scratch + 0x6000);
  descriptors[0] = descriptors[1] = 0;
  descriptors[2] = 0x00af9a000000ffffULL; /* 0x10: 64-bit code */
  descriptors[3] = 0x00cf92000000ffffULL; /* 0x18: data */
  u32 *table = (u32 *)(plan->scratch + 0x6020);
  table[0] = 31 | (plan->scratch + 0x6000) << 16;
  table[1] = (plan->scratch + 0x6000) >> 16;
}
