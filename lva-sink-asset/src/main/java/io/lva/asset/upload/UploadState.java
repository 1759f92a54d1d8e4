package io.lva.asset.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.StoredDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far the index of a spool was published: the content of {@code upload.json} in its folder.
 * Rows may be published twice, so that the file may be a little old.
 *
 * <p>Confined to its uploader.
 */
final class UploadState {
  private static final String NAME = "upload.json";
  private static final int LARGEST_BYTES = 1 << 20;
  private static final int NONE = -1;
  private static final int MOST_ADOPTIONS = 256;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AssetFolder spool;
  private final Map<String, Long> positions = new TreeMap<>();
  private final NavigableMap<Integer, Long> adopted = new TreeMap<>();
  private long epoch;
  private int unlockedRun = NONE;

  private UploadState(AssetFolder spool) {
    this.spool = spool;
  }

  /** Reads the state; one that cannot be read means that everything is published again. */
  static UploadState read(AssetFolder spool) throws IOException {
    UploadState state = new UploadState(spool);
    byte[] content = spool.read(NAME, LARGEST_BYTES).content();
    if (content.length > 0) {
      try {
        JsonNode root = MAPPER.readTree(content);
        state.epoch = root.path("epoch").asLong();
        root.path("positions")
            .properties()
            .forEach(file -> state.positions.put(file.getKey(), file.getValue().asLong()));
        root.path("adopted")
            .forEach(each -> state.adopted.put(each.get(0).asInt(), each.get(1).asLong()));
        state.unlockedRun = root.path("unlockedRun").asInt(NONE);
      } catch (JsonProcessingException e) {
        state.positions.clear();
        state.adopted.clear();
      }
    }
    return state;
  }

  /** Returns the last epoch under which the store was locked; 0 when it never was. */
  long epoch() {
    return epoch;
  }

  /**
   * Notes the epoch of a new lock, durably. Runs that began without a lock are of this epoch from
   * now on, whatever locks follow.
   */
  void locked(long newEpoch) throws IOException {
    epoch = newEpoch;
    if (unlockedRun != NONE) {
      adopted.put(unlockedRun, newEpoch);
      unlockedRun = NONE;
      while (adopted.size() > MOST_ADOPTIONS) {
        adopted.pollFirstEntry();
      }
    }
    write();
  }

  /** Notes that runs from a number on begin without a lock, durably. */
  void offline(int firstRun) throws IOException {
    if (unlockedRun == NONE) {
      unlockedRun = firstRun;
      write();
    }
  }

  /** Returns a row as it is published: with an epoch. */
  SegmentRow stamped(SegmentRow row) {
    if (row.epoch() > 0) {
      return row;
    }
    Map.Entry<Integer, Long> known = adopted.floorEntry(row.runNumber());
    return row.withEpoch(known == null ? epoch : known.getValue());
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
    ArrayNode pairs = root.putArray("adopted");
    adopted.forEach((run, runEpoch) -> pairs.addArray().add(run).add(runEpoch));
    if (unlockedRun != NONE) {
      root.put("unlockedRun", unlockedRun);
    }
    StoredDocument before = spool.read(NAME, LARGEST_BYTES);
    byte[] content = MAPPER.writeValueAsBytes(root);
    if (spool.writer().replace(NAME, ByteBuffer.wrap(content), before.version()).isEmpty()) {
      throw new IOException(spool.root() + "/" + NAME + " was changed by another process");
    }
  }
}
