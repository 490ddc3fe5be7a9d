"""The packed form in which a VBA project keeps its sources and its list of modules.

Source: MS-OVBA 2.4.1. Only unpacking: what we put in comes packed from the workbook we ship.
"""

_SIGNATURE = 1
_CHUNK = 4096
_RAW = 0x8000
_SIZE = 0x0FFF


def unpacked(data: bytes) -> bytes:
    """What was packed.

    Raises:
        ValueError: the data is no packed container, or is damaged.
    """
    if data[:1] != bytes([_SIGNATURE]):
        raise ValueError("no packed container")
    out = bytearray()
    place = 1
    while place + 2 <= len(data):
        header = int.from_bytes(data[place : place + 2], "little")
        end = min(place + (header & _SIZE) + 3, len(data))
        if header & _RAW:
            _unpack_chunk(data, place + 2, end, out)
        else:
            out += data[place + 2 : place + 2 + _CHUNK]
            end = place + 2 + _CHUNK
        place = end
    return bytes(out)


def _unpack_chunk(data: bytes, place: int, end: int, out: bytearray) -> None:
    start = len(out)
    while place < end:
        flags = data[place]
        place += 1
        for bit in range(8):
            if place >= end:
                return
            if not flags >> bit & 1:
                out.append(data[place])
                place += 1
                continue
            token = int.from_bytes(data[place : place + 2], "little")
            place += 2
            bits = max((len(out) - start - 1).bit_length(), 4)  # of the token, for the distance
            length = (token & (0xFFFF >> bits)) + 3
            source = len(out) - (token >> (16 - bits)) - 1
            if source < start or len(out) + length - start > _CHUNK:
                raise ValueError("a copy from outside its chunk")
            for offset in range(length):
                out.append(out[source + offset])
