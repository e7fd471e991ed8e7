export { aesCbcDecrypt, aesCbcEncrypt } from './aes';
export { desDecryptBlock, desEncryptBlock, spreadDesKey } from './des';
export { md4 } from './md4';
export { md5 } from './md5';
export { rc4 } from './rc4';
