package com.example.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Records as a process of its own. After each second of media it prints how many there were; it
 * ends when it is killed or, when it is told to, after some seconds.
 */
final class DoorProcess {
  private DoorProcess() {}

  public static void main(String[] arguments) throws Exception {
    FolderObjectStore store = new FolderObjectStore(Path.of(arguments[0]));
    int seconds = Integer.parseInt(arguments[3]);
    try (Door door = new Door(store, Path.of(arguments[1]), Instant.parse(arguments[2]))) {
      door.activate();
      for (int second = 1; second <= seconds; second++) {
        door.camera.seconds(1);
        LockSupport.parkNanos(50_000_000);
        System.out.println(second);
      }
      door.deactivate(Duration.ofSeconds(60));
    }
  }
}
