import { Assembler } from './assembler';

/** What the tiny guest prints on COM1 (and the screen) when it runs. */
export const tinyGuestMarker = 'TINY GUEST READY';

/** Sectors between two addressable places of a disk: 64 KiB apart. */
const sectorsPerStep = 128;

/** Bytes between the places that the tiny guest's `r` and `w` commands name. */
export const tinyGuestStep = sectorsPerStep * 512;

const counter = 0x9000;
const drive = 0x9001;
const buffer = 0x8000;

/**
 * A guest in 512 bytes that boots in a fraction of a second, for the accelerator probe's fallback and for
 * tests. It prints its marker, then obeys letters that come over COM1:
 * `c` counts up a digit in RAM and prints it; `rDS` prints the first 8 bytes of place S ('0'..) on drive D
 * ('0' is the first); `wDSX` writes the character X there; `k` waits for a key and prints it; `m` marks its boot and says M.
 * Addresses of the BIOS services: Ralf Brown's list, int 10h/0Eh, 13h/42h+43h, 16h/00h.
 */
export function tinyGuestBootSector(): Buffer {
  return new Assembler()
    .bytes(0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xd0) // xor ax,ax; mov ds,ax; mov es,ax; mov ss,ax
    .bytes(0xbc, 0x00, 0x7c, 0xfb, 0xfc) // mov sp,7c00h; sti; cld
    .bytes(0xc6, 0x06, ...word(counter), 0x30) // mov byte [counter],'0'
    .address([0xbe], 'marker') // mov si,marker
    .label('print')
    .bytes(0xac, 0x84, 0xc0) // lodsb; test al,al
    .jump(0x74, 'command') // jz
    .call('putc')
    .jump(0xeb, 'print')

    .label('command')
    .call('newline')
    .label('next')
    .call('getc')
    .bytes(0x3c, 0x63) // cmp al,'c'
    .jump(0x74, 'count')
    .bytes(0x3c, 0x72) // cmp al,'r'
    .jump(0x74, 'read')
    .bytes(0x3c, 0x77) // cmp al,'w'
    .jump(0x74, 'write')
    .bytes(0x3c, 0x6d) // cmp al,'m'
    .jump(0x74, 'mark') // jz
    .bytes(0x3c, 0x6b) // cmp al,'k'
    .jump(0x75, 'next') // jne
    .bytes(0x31, 0xc0, 0xcd, 0x16) // xor ax,ax; int 16h
    .jump(0xeb, 'answer')

    .label('mark')
    .bytes(0xba, 0x05, 0x05, 0xb0, 0x01, 0xee) // mov dx,505h; mov al,1; out dx,al
    .bytes(0xb0, 0x4d) // mov al,'M'
    .jump(0xeb, 'answer')

    .label('count')
    .bytes(0xfe, 0x06, ...word(counter)) // inc byte [counter]
    .bytes(0xa0, ...word(counter)) // mov al,[counter]
    .label('answer')
    .call('putc')
    .jump(0xeb, 'command')

    .label('read')
    .call('place')
    .bytes(0xb4, 0x42) // mov ah,42h
    .call('transfer')
    .bytes(0xb9, 0x08, 0x00, 0xbe, ...word(buffer)) // mov cx,8; mov si,buffer
    .label('dump')
    .bytes(0xac) // lodsb
    .call('putc')
    .jump(0xe2, 'dump') // loop
    .jump(0xeb, 'command')

    .label('write')
    .call('place')
    .call('getc')
    .bytes(0xa2, ...word(buffer)) // mov [buffer],al
    .bytes(0xb8, 0x00, 0x43) // mov ax,4300h
    .call('transfer')
    .bytes(0xb0, 0x57) // mov al,'W'
    .jump(0xeb, 'answer')

    .label('place') // reads drive and place into [drive] and the address packet
    .call('getc')
    .bytes(0x04, 0x50) // add al,50h: '0' -> 80h
    .bytes(0xa2, ...word(drive)) // mov [drive],al
    .call('getc')
    .bytes(0x2c, 0x30, 0xb4, 0x00, 0xc1, 0xe0, 0x07) // sub al,'0'; mov ah,0; shl ax,7
    .address([0xa3], 'sector') // mov [sector],ax
    .bytes(0xc3)

    .label('transfer') // ah: 42h read, 43h write; prints '!' when the BIOS reports an error
    .bytes(0x8a, 0x16, ...word(drive)) // mov dl,[drive]
    .address([0xbe], 'packet') // mov si,packet
    .bytes(0xcd, 0x13) // int 13h
    .jump(0x73, 'done') // jnc
    .bytes(0xb0, 0x21) // mov al,'!'
    .call('putc')
    .label('done')
    .bytes(0xc3)

    .label('getc')
    .bytes(0xba, 0xfd, 0x03) // mov dx,3fdh (line status)
    .label('wait')
    .bytes(0xec, 0xa8, 0x01) // in al,dx; test al,1
    .jump(0x75, 'arrived') // jnz
    .bytes(0xf4) // hlt until the next timer tick: an idle guest must not burn a core
    .jump(0xeb, 'wait')
    .label('arrived')
    .bytes(0xb2, 0xf8, 0xec, 0xc3) // mov dl,f8h; in al,dx; ret

    .label('newline')
    .bytes(0xb0, 0x0d) // mov al,13
    .call('putc')
    .bytes(0xb0, 0x0a) // mov al,10
    .label('putc')
    .bytes(0x50, 0xba, 0xfd, 0x03) // push ax; mov dx,3fdh
    .label('busy')
    .bytes(0xec, 0xa8, 0x20) // in al,dx; test al,20h
    .jump(0x74, 'busy')
    .bytes(0x58, 0xb2, 0xf8, 0xee) // pop ax; mov dl,f8h; out dx,al
    .bytes(0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd, 0x10, 0xc3) // mov ah,0eh; mov bx,7; int 10h; ret

    .label('packet') // size 16, one sector to 0:buffer
    .bytes(0x10, 0x00, 0x01, 0x00, ...word(buffer), 0x00, 0x00)
    .label('sector')
    .bytes(0, 0, 0, 0, 0, 0, 0, 0)
    .label('marker')
    .text(`${tinyGuestMarker}\0`)
    .bootSector();
}

function word(value: number): [number, number] {
  return [value & 0xff, value >> 8];
}
