/** A stretch of an asset as one file. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.export;
