"""Films of a few hundred bytes, made of the boxes that tell of one."""

import struct


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def film(
    *,
    brand: bytes = b"isom",
    seconds: float = 12.5,
    size: tuple[int, int] = (720, 1280),
    codec: bytes = b"avc1",
    profile: int = 100,
    rate: float = 30,
    sound: bytes = b"mp4a",
    fragments: bytes | None = None,
) -> bytes:
    """`fragments` are the boxes that tell of fragments; a film in them counts nothing before."""
    counted = seconds if fragments is None else 0
    duration = struct.pack(">II", 1000, int(counted * 1000))
    tkhd = box(b"tkhd", bytes(76) + struct.pack(">II", size[0] << 16, size[1] << 16))
    shown = box(codec, bytes(78) + box(b"avcC", bytes((1, profile, 0, 31))))
    frames = struct.pack(">I", round(counted * rate))
    picture = tkhd + _about(b"vide", duration, shown, frames)
    heard = box(b"tkhd", bytes(84)) + _about(b"soun", duration, box(sound, bytes(28)), bytes(4))
    moov = box(b"mvhd", bytes(12) + duration + bytes(80)) + box(b"trak", picture)
    moov += box(b"trak", heard) + (b"" if fragments is None else box(b"mvex", fragments))
    return box(b"ftyp", brand + bytes(4)) + box(b"mdat", bytes(100)) + box(b"moov", moov)


def _about(handler: bytes, duration: bytes, entry: bytes, frames: bytes) -> bytes:
    stsd = box(b"stsd", struct.pack(">II", 0, 1) + entry)
    stbl = box(b"stbl", stsd + box(b"stsz", bytes(8) + frames))
    hdlr = box(b"hdlr", bytes(8) + handler + bytes(13))
    mdhd = box(b"mdhd", bytes(12) + duration + bytes(4))
    return box(b"mdia", mdhd + hdlr + box(b"minf", stbl))
