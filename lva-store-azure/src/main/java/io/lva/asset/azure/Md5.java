package io.lva.asset.azure;

import io.lva.fmp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum that the service compares with the received content. Thread-safe. */
final class Md5 {
  private static final int BLOCK_BYTES = 64 << 10;

  private Md5() {}

  static byte[] of(byte[] content) {
    return digest().digest(content);
  }

  static byte[] of(ByteSource content, long size) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    for (long position = 0; position < size; ) {
      block.clear().limit((int) Math.min(BLOCK_BYTES, size - position));
      int count = content.read(position, block);
      if (count < 0) {
        throw new EOFException("the file ends at " + position + " of " + size + " bytes");
      }
      digest.update(block.flip());
      position += count;
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
