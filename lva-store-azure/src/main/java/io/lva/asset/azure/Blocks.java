package io.lva.asset.azure;

import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The blocks of a blob, in their order. Names are random: what an earlier attempt staged is never
 * taken for what this one did.
 *
 * <p>Immutable.
 *
 * @param names of equal length, as the service wants them
 * @param sizeBytes of all blocks together
 */
record Blocks(List<String> names, long sizeBytes) {
  static final Blocks NONE = new Blocks(List.of(), 0);

  private static final int NAME_BYTES = 16;

  Blocks {
    names = List.copyOf(names);
  }

  /** Returns the blocks that a blob consists of; none for a blob that was put whole. */
  static Blocks committed(BlockList list) {
    List<Block> blocks = list.getCommittedBlocks();
    return new Blocks(
        blocks.stream().map(Block::getName).toList(),
        blocks.stream().mapToLong(Block::getSizeLong).sum());
  }

  /** Returns a name that no block has. */
  static String newName() {
    UUID random = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(NAME_BYTES);
    bytes.putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  Blocks with(String name, long blockBytes) {
    List<String> all = new ArrayList<>(names);
    all.add(name);
    return new Blocks(all, sizeBytes + blockBytes);
  }
}
