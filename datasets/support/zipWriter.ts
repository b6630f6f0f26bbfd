import { open, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

const LOCAL_FIXED = 30;

/** Writes a zip archive entry by entry, packed as it comes; each entry below 4 GB. */
export class ZipWriter {
  private readonly file: FileHandle;
  private readonly directory: Buffer[] = [];
  private offset = 0;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'w'));
  }

  /** Adds one file from pieces of text. */
  async add(name: string, pieces: Iterable<string>): Promise<void> {
    const headerAt = this.offset;
    const nameBytes = Buffer.from(name);
    this.offset += LOCAL_FIXED + nameBytes.length;
    const packer = createDeflateRaw({ level: 1, chunkSize: 1 << 18 });
    const packed = this.drain(packer);
    let size = 0;
    let checksum = 0;
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      size += bytes.length;
      checksum = crc32(bytes, checksum);
      if (!packer.write(bytes)) await once(packer, 'drain');
    }
    packer.end();
    const packedSize = await packed;
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(checksum, 10);
    fixed.writeUInt32LE(packedSize, 14);
    fixed.writeUInt32LE(size, 18);
    fixed.writeUInt16LE(nameBytes.length, 22);
    await this.file.write(
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fixed, nameBytes]),
      0,
      null,
      headerAt,
    );
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(headerAt, 10);
    this.directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), fixed, tail, nameBytes]),
    );
  }

  async close(): Promise<void> {
    const central = Buffer.concat(this.directory);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 0, 'latin1');
    end.writeUInt16LE(this.directory.length, 8);
    end.writeUInt16LE(this.directory.length, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(this.offset, 16);
    await this.file.write(Buffer.concat([central, end]), 0, null, this.offset);
    await this.file.close();
  }

  private async drain(packer: AsyncIterable<Buffer>): Promise<number> {
    let size = 0;
    for await (const chunk of packer) {
      await this.file.write(chunk, 0, chunk.length, this.offset);
      this.offset += chunk.length;
      size += chunk.length;
    }
    return size;
  }
}
