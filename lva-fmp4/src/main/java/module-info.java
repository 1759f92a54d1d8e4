/** Reads and writes ISO base media files: fragmented for recording, progressive for export. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // The digit is part of the format's name.
module io.lva.fmp4 {
  requires transitive io.lva.core;
  requires static transitive org.jspecify;

  exports io.lva.fmp4;
}
