/*
 * Boot code of an NTFS volume's first sector, for a disk with the stand-in's core in the gap before its partitions (its
 * first sector, CORE_SECTOR, says how long it is): loads the core and starts it, with the partition's number and the loader it is to look for in
 * the words that GRUB keeps for a partition and a BSD slice (startup_raw.S). Bytes 3 to 0x53 are the volume's own.
 * LOADER is the file's name; SLICE is 0xff for bootmgr and 0 for ntldr.
 */
  .code16
  .text
#define AT(label) (0x7c00 + label - start)
#define CORE 0x8200

start:
  jmp begin
  nop
  .org 0x54
begin:
  cli
  xorw %ax, %ax
  movw %ax, %ss
  movw $0x7c00, %sp
  movw %ax, %ds
  movw %ax, %es
  sti
  cld
  subw $0x7be, %si
  shrw $4, %si
  pushw %si
  movb %dl, AT(drive)
  call read /* the core's first sector */
  movl 0x8000, %eax
  cmpl %eax, AT(mark)
  jne failed
  movw 0x8004, %bp
  movw $CORE >> 4, AT(address) + 6
  movw $0, AT(address) + 4
1: movw $64, %ax
  cmpw %ax, %bp
  jae 2f
  movw %bp, %ax
2: movw %ax, AT(address) + 2
  call read
  movw AT(address) + 2, %ax
  addw $0x800, AT(address) + 6
  subw %ax, %bp
  jnz 1b
  popw %ax
  movb $SLICE, CORE + 0x19
  movb %al, CORE + 0x1a
  movb AT(drive), %dl
  ljmp $0, $CORE

/* Reads on from where it read before. */
read:
  movw $AT(address), %si
  movb AT(drive), %dl
  movb $0x42, %ah
  int $0x13
  jc failed
  movzwl AT(address) + 2, %eax
  addl %eax, AT(address) + 8
  ret

failed:
  movw $AT(text), %si
3: lodsb
  testb %al, %al
  jz 5f
  movb $0x0e, %ah
  movw $7, %bx
  int $0x10
  movb %al, %ah
  movw $0x3fd, %dx
4: inb %dx, %al
  testb $0x20, %al
  jz 4b
  movb %ah, %al
  movw $0x3f8, %dx
  outb %al, %dx
  jmp 3b
5: sti
  hlt
  jmp 5b

drive: .byte 0
mark: .ascii "RLab"
  .balign 4
address: /* INT 13h, AH=42h: size, sectors, offset, segment, sector */
  .byte 16, 0
  .word 1, 0x8000, 0
  .long CORE_SECTOR, 0
text: .asciz "A disk read error occurred\r\nPress Ctrl+Alt+Del to restart\r\n"
loader: .asciz LOADER
  .org 0x1fe
  .word 0xaa55
