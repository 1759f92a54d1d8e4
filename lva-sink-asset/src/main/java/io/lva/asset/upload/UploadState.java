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
 * How far the index of a spool was published: the content of {@code upload.json} in its folder.
 * Rows may be published twice, so the file may lag behind.
 *
 * <p>Confined to its uploader.
 */
final class UploadState {
  static final String NAME = AssetLayout.UPLOADS;
  static final int LARGEST_BYTES = 1 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AssetFolder spool;
  private final Map<String, Long> positions = new TreeMap<>();
  private final AdoptedEpochs adopted;
  private long epoch;

  private UploadState(AssetFolder spool, JsonNode root) {
    this.spool = spool;
    epoch = root.path("epoch").asLong();
    for (Map.Entry<String, JsonNode> file : root.path("positions").properties()) {
      positions.put(file.getKey(), file.getValue().asLong());
    }
    adopted = AdoptedEpochs.parse(root);
  }

  /** Reads the state; one that cannot be read means that everything is published again. */
  static UploadState read(AssetFolder spool) throws IOException {
    return new UploadState(spool, parse(spool.read(NAME, LARGEST_BYTES).content()));
  }

  /** Returns a tree, which is empty when there is no document that can be read. */
  static JsonNode parse(byte[] content) throws IOException {
    try {
      return MAPPER.readTree(content);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** Returns the last epoch under which the store was locked; 0 when it never was. */
  long epoch() {
    return epoch;
  }

  /**
   * Notes the epoch of a new lock, durably. What was recorded without a lock is of this epoch from
   * now on, whatever locks follow.
   */
  void locked(long newEpoch) throws IOException {
    epoch = newEpoch;
    adopted.adopt(newEpoch, spool.epoch());
    write();
  }

  /** Notes that runs from a number on begin without a lock, durably. */
  void offline(int firstRun) throws IOException {
    adopted.begin(firstRun, spool.epoch());
    write();
  }

  /** Returns a row as it is published: with an epoch. */
  SegmentRow stamped(SegmentRow row) {
    if (row.epoch() > 0) {
      return row;
    }
    return row.withEpoch(adopted.of(row.runNumber()).orElse(epoch));
  }

  /** Returns the epoch of gaps and tombstones that a lock of the spool added; 0 for none. */
  long epochOfLock(long lock) {
    return adopted.ofLock(lock);
  }

  /** Returns how many bytes of an index file are published. */
  long position(String file) {
    return positions.getOrDefault(file, 0L);
  }

  /** Notes how many bytes of an index file are published, durably. */
  void position(String file, long position) throws IOException {
    positions.put(file, position);
    write();
  }

  /** Forgets an index file that was deleted. */
  void forget(String file) throws IOException {
    positions.remove(file);
    write();
  }

  private void write() throws IOException {
    ObjectNode root = MAPPER.createObjectNode().put("epoch", epoch);
    ObjectNode list = root.putObject("positions");
    positions.forEach(list::put);
    adopted.putInto(root);
    StoredDocument before = spool.read(NAME, LARGEST_BYTES);
    byte[] content = MAPPER.writeValueAsBytes(root);
    if (spool.writer().replace(NAME, ByteBuffer.wrap(content), before.version()).isEmpty()) {
      throw new IOException(spool.root() + "/" + NAME + " was changed by another process");
    }
  }
}
