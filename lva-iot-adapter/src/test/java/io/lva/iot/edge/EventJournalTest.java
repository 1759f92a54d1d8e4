package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.event.EventClass;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal when its disk fails for a while. */
class EventJournalTest {
  private static final int HISTORY = 1000;

  @TempDir private Path folder;
  private EventJournal journal;

  @BeforeEach
  void open() throws IOException {
    journal = EventJournal.open(folder);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private static OutgoingMessage message(String id) {
    return new OutgoingMessage(id, "out", "camera", EventClass.OPERATIONAL, Map.of(), "{}");
  }

  /** Adds a message while writing fails. */
  private void fail(OutgoingMessage message) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> journal.add(message)).isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void remove_fileCannotBeRewritten_laterMessagesAreKept() throws IOException {
    Path fresh = Files.createDirectory(folder.resolve("events.jsonl.new"));
    Path inside = Files.createFile(fresh.resolve("inside"));
    for (int i = 1; i < HISTORY; i++) {
      journal.add(message("m" + i));
      journal.remove("m" + i);
    }
    journal.add(message("last"));
    assertThatThrownBy(() -> journal.remove("last")).isInstanceOf(IOException.class);
    journal.add(message("meanwhile"));
    Files.delete(inside);
    Files.delete(fresh);
    journal.add(message("next"));
    assertThat(EventJournal.open(folder).unsent())
        .containsExactly(message("meanwhile"), message("next"));
  }

  @Test
  void add_afterOneThatFailed_bothAreKept() throws IOException {
    journal.add(message("before"));
    fail(message("failed"));
    journal.add(message("after"));
    assertThat(EventJournal.open(folder).unsent())
        .containsExactly(message("before"), message("failed"), message("after"));
  }

  @Test
  void remove_afterAnAddThatFailed_onlyTheOthersAreKept() throws IOException {
    journal.add(message("sent"));
    fail(message("failed"));
    journal.remove("sent");
    assertThat(EventJournal.open(folder).unsent()).containsExactly(message("failed"));
  }

  @Test
  void close_afterAnAddThatFailed_messageIsKept() throws IOException {
    fail(message("failed"));
    journal.close();
    assertThat(EventJournal.open(folder).unsent()).containsExactly(message("failed"));
  }
}
