#!/usr/bin/env python3
"""Writes the packet captures of this folder: every byte from the layout of the native detector
datagram, CRC-32C computed bit by bit here. Shares nothing with the product's codec."""


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


# RFC 3720, appendix B.4: 32 bytes of zeros, of ones, and 0 to 31.
assert crc32c(bytes(32)) == 0x8A9136AA
assert crc32c(b"\xff" * 32) == 0x62A8AB43
assert crc32c(bytes(range(32))) == 0x46DD794E


def write(name, header, samples):
    header = bytes.fromhex(header)
    samples = bytes.fromhex(samples)
    assert len(header) == 64 and header[60:] == bytes(4)
    crc = crc32c(header + samples)
    data = header[:60] + crc.to_bytes(4, "little") + samples
    with open(name, "w") as out:
        for i in range(0, len(data), 16):
            out.write(data[i:i + 16].hex(" ") + "\n")


# Two samples in five bytes, low bits first, a last odd one in three:
# 0x12345, 0x6789A, 0xFFFFF -> 45 23 A1 89 67, FF FF 0F
write("packet_20bit.hex",
      "50 4c 44 31"              # 0  magic "PLD1"
      "01 02"                    # 4  version 1, format 2
      "07 00"                    # 6  module 7
      "ef cd ab 89 67 45 23 01"  # 8  pulse 0x0123456789ABCDEF
      "08 07 06 05 04 03 02 01"  # 16 timestamp 0x0102030405060708 ns
      "fe ff ff ff"              # 24 encoder -2
      "02"                       # 28 energy high
      "06"                       # 29 saturation seen, trigger missed
      "03 00"                    # 30 three samples
      "a0 86 01 00"              # 32 dose 100000
      "2e f6"                    # 36 temperature -25.14 degC
      "64 00"                    # 38 integration 100 us
      "04 03 02 01"              # 40 sequence 0x01020304
      "40 00"                    # 44 first pixel 64
      "00 00"                    # 46 reserved
      "ef be ad de"              # 48 arm id 0xDEADBEEF
      "00 00 00 00 00 00 00 00"  # 52 reserved
      "00 00 00 00",             # 60 CRC, filled in
      "45 23 a1 89 67 ff ff 0f")

write("packet_u16.hex",
      "50 4c 44 31"
      "01 01"                    # format 1
      "00 00"
      "05 00 00 00 00 00 00 00"  # pulse 5
      "00 00 00 00 00 00 00 00"
      "10 27 00 00"              # encoder 10000
      "01"                       # energy low
      "01"                       # test pattern
      "02 00"                    # two samples
      "00 00 00 00"
      "c4 09"                    # 25.00 degC
      "fa 00"
      "05 00 00 00"
      "00 00"
      "00 00"
      "01 00 00 00"              # arm id 1
      "00 00 00 00 00 00 00 00"
      "00 00 00 00",
      "34 12 ff ff")             # 0x1234, 0xFFFF: 0x12340 and 0xFFFF0 on the 20-bit scale
