/*
 * Boot code of a disk's first sector: finds the active partition and starts its boot sector, with the drive in DL and the
 * partition's entry at DS:SI. Messages are those of Windows' boot code and go to the display and the first serial port.
 * 440 bytes at most; the firmware loads it to 0:7C00 and it moves itself to 0:0600.
 */
  .code16
  .text
#define AT(label) (0x600 + label - start)

start:
  cli
  xorw %ax, %ax
  movw %ax, %ss
  movw $0x7c00, %sp
  movw %ax, %ds
  movw %ax, %es
  sti
  cld
  movw %sp, %si
  movw $0x600, %di
  movw $256, %cx
  rep movsw
  ljmp $0, $AT(moved)

moved:
  movw $0x7be, %si
  movw $4, %cx
  xorw %bx, %bx
1: movb (%si), %al
  testb %al, %al
  jz 2f
  cmpb $0x80, %al
  jne invalid
  testw %bx, %bx
  jnz invalid /* two of them */
  movw %si, %bx
2: addw $16, %si
  loop 1b
  testw %bx, %bx
  jz missing
  movl 8(%bx), %eax
  movl %eax, AT(address) + 8
  pushw %bx
  movw $AT(address), %si
  movb $0x42, %ah
  int $0x13
  popw %si
  jc unreadable
  cmpw $0xaa55, 0x7dfe
  jne missing
  ljmp $0, $0x7c00

invalid:
  movw $AT(text_invalid), %si
  jmp say
unreadable:
  movw $AT(text_unreadable), %si
  jmp say
missing:
  movw $AT(text_missing), %si
say:
  lodsb
  testb %al, %al
  jz stop
  movb $0x0e, %ah
  movw $7, %bx
  int $0x10
  movb %al, %ah
  movw $0x3fd, %dx
3: inb %dx, %al
  testb $0x20, %al
  jz 3b
  movb %ah, %al
  movw $0x3f8, %dx
  outb %al, %dx
  jmp say
stop: /* the firmware's keyboard handler restarts at Ctrl+Alt+Del */
  sti
  hlt
  jmp stop

  .balign 4
address: /* INT 13h, AH=42h: size, sectors, 0:7C00, sector */
  .byte 16, 0
  .word 1, 0x7c00, 0
  .long 0, 0
text_invalid: .asciz "Invalid partition table\r\n"
text_unreadable: .asciz "Error loading operating system\r\n"
text_missing: .asciz "Missing operating system\r\n"
