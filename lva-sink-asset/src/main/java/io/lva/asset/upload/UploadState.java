package io.lva.asset.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.StoredDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the index of a spool has been published: the content of {@code upload.json} in its
 * folder. Rows may be published twice, so the file may lag behind. A change that cannot be written
 * to the file does not take effect.
 *
 * <p>Read by any thread, changed by one upload at a time.
 */
final class UploadState {
  static final String NAME = AssetLayout.UPLOADS;
  static final int LARGEST_BYTES = 1 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AssetFolder spool;
  private volatile Content content;

  /** The noted state. Immutable. */
  private record Content(long epoch, Map<String, Long> positions, AdoptedEpochs adopted) {
    static Content parse(JsonNode root) {
      Map<String, Long> positions = new TreeMap<>();
      for (Map.Entry<String, JsonNode> file : root.path("positions").properties()) {
        positions.put(file.getKey(), file.getValue().asLong());
      }
      return new Content(root.path("epoch").asLong(), positions, AdoptedEpochs.parse(root));
    }

    Content with(Map<String, Long> newPositions) {
      return new Content(epoch, newPositions, adopted);
    }

    ObjectNode toJson() {
      ObjectNode root = MAPPER.createObjectNode().put("epoch", epoch);
      ObjectNode list = root.putObject("positions");
      positions.forEach(list::put);
      adopted.putInto(root);
      return root;
    }
  }

  private UploadState(AssetFolder spool, Content content) {
    this.spool = spool;
    this.content = content;
  }

  /** Reads the state. If it cannot be read, everything is published again. */
  static UploadState read(AssetFolder spool) throws IOException {
    JsonNode root = parse(spool.read(NAME, LARGEST_BYTES).content());
    return new UploadState(spool, Content.parse(root));
  }

  /** Returns the parsed document, or an empty tree if it is missing or cannot be read. */
  static JsonNode parse(byte[] content) throws IOException {
    try {
      return MAPPER.readTree(content);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** Returns the last epoch under which the store was locked; 0 when it was never locked. */
  long epoch() {
    return content.epoch();
  }

  /**
   * Notes the epoch of a new lock, durably. Media recorded without a lock has this epoch from now
   * on, whatever locks follow.
   */
  void locked(long newEpoch) throws IOException {
    Content before = content;
    AdoptedEpochs adopted = before.adopted().adopt(newEpoch, spool.epoch());
    write(new Content(newEpoch, before.positions(), adopted));
  }

  /** Durably notes that runs from a number on begin without a lock. */
  void offline(int firstRun) throws IOException {
    Content before = content;
    AdoptedEpochs adopted = before.adopted().begin(firstRun, spool.epoch());
    write(new Content(before.epoch(), before.positions(), adopted));
  }

  /** Returns a row as it is published, with an epoch. */
  SegmentRow stamped(SegmentRow row) {
    if (row.epoch() > 0) {
      return row;
    }
    long adopted = content.adopted().ofRun(row.runNumber());
    return row.withEpoch(adopted == 0 ? epoch() : adopted);
  }

  /**
   * Returns the epoch of gaps and tombstones that were added under a lock of the spool; 0 if there
   * is none.
   */
  long epochOfLock(long lock) {
    return content.adopted().ofLock(lock);
  }

  /**
   * Returns the lock of the spool under which a segment was recorded, or the present lock if this
   * is not known.
   */
  long lockOf(SegmentRow row) {
    return content.adopted().lockOf(row).orElse(spool.epoch());
  }

  /** Returns how many bytes of an index file are published. */
  long position(String file) {
    return content.positions().getOrDefault(file, 0L);
  }

  /** Durably notes how many bytes of an index file are published. */
  void position(String file, long position) throws IOException {
    Map<String, Long> positions = new TreeMap<>(content.positions());
    positions.put(file, position);
    write(content.with(positions));
  }

  /** Forgets an index file that was deleted. */
  void forget(String file) throws IOException {
    Map<String, Long> positions = new TreeMap<>(content.positions());
    positions.remove(file);
    write(content.with(positions));
  }

  private void write(Content next) throws IOException {
    StoredDocument before = spool.read(NAME, LARGEST_BYTES);
    byte[] document = MAPPER.writeValueAsBytes(next.toJson());
    if (spool.writer().replace(NAME, ByteBuffer.wrap(document), before.version()).isEmpty()) {
      throw new IOException(spool.root() + "/" + NAME + " was changed by another process");
    }
    content = next;
  }
}
