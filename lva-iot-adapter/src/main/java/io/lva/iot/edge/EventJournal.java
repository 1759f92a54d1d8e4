package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.event.EventClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that must survive the process: a file of lines, one per message and one per
 * acknowledgment. The file is rewritten when most of its messages are acknowledged, and by the
 * first change after a failed one.
 *
 * <p>Confined to the lock of its outbox.
 */
final class EventJournal implements AutoCloseable {
  private static final int HISTORY = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, OutgoingMessage> live = new LinkedHashMap<>();
  private FileChannel channel;
  private int acknowledged;

  /** Whether a change failed, so that the file may lack lines or end in the middle of one. */
  private boolean torn;

  private EventJournal(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      Files.readString(file, UTF_8).lines().forEach(this::load);
    }
    channel = rewritten();
  }

  /**
   * Opens the journal of a folder.
   *
   * @param folder the folder, which is created when absent
   * @throws IOException when the journal cannot be read or written
   */
  static EventJournal open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new EventJournal(folder.resolve("events.jsonl"));
  }

  /** Returns the messages that are not acknowledged yet, oldest first. */
  List<OutgoingMessage> unsent() {
    return List.copyOf(live.values());
  }

  /**
   * Stores a message, which is on the disk when this method returns.
   *
   * @throws IOException when the message is not on the disk; the next change that succeeds stores
   *     it too
   */
  void add(OutgoingMessage message) throws IOException {
    live.put(message.id(), message);
    append(line(message), /* force= */ true);
  }

  /**
   * Forgets a message.
   *
   * @throws IOException when the file may still hold the message; the next change that succeeds
   *     removes it too
   */
  void remove(String id) throws IOException {
    if (live.remove(id) == null) {
      return;
    }
    append(JsonNodeFactory.instance.objectNode().put("done", id).toString(), /* force= */ false);
    acknowledged++;
    if (acknowledged >= HISTORY && acknowledged > live.size()) {
      rewrite();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (torn) {
        rewrite();
      }
    } finally {
      channel.close();
    }
  }

  /** Appends the line of a change that {@link #live} already contains. */
  private void append(String line, boolean force) throws IOException {
    if (torn) {
      rewrite();
      return;
    }
    torn = true;
    write(channel, line + "\n");
    if (force) {
      channel.force(/* metaData= */ false);
    }
    torn = false;
  }

  /** Replaces the file; when that fails, the previous one stays in use. */
  private void rewrite() throws IOException {
    FileChannel before = channel;
    channel = rewritten();
    torn = false;
    acknowledged = 0;
    before.close();
  }

  private FileChannel rewritten() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    FileChannel written =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      for (OutgoingMessage message : live.values()) {
        write(written, line(message) + "\n");
      }
      written.force(/* metaData= */ true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } catch (IOException e) {
      written.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String line(OutgoingMessage message) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", message.id())
            .put("output", message.output())
            .put("lane", message.lane())
            .put("class", message.eventClass().name())
            .put("body", message.body());
    ObjectNode properties = json.putObject("properties");
    message.properties().forEach(properties::put);
    return json.toString();
  }

  /** Applies a line; an incomplete one, left when the process ended, is logged and ignored. */
  private void load(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.has("done")) {
        live.remove(json.path("done").asText());
        return;
      }
      Map<String, String> properties = new HashMap<>();
      json.path("properties")
          .properties()
          .forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
      String id = json.path("id").asText();
      if (!id.isEmpty()) {
        live.put(
            id,
            new OutgoingMessage(
                id,
                json.path("output").asText(),
                json.path("lane").asText(),
                EventClass.valueOf(json.path("class").asText()),
                properties,
                json.path("body").asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      System.getLogger(EventJournal.class.getName())
          .log(System.Logger.Level.WARNING, "A line of {0} cannot be read", file);
    }
  }
}
