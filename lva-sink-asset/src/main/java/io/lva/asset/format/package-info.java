/** The format of an asset: file names, lines of the index and its own boxes. No input or output. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.format;
