/** What an asset looks like: file names, lines of the index, its own boxes. No input or output. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.format;
