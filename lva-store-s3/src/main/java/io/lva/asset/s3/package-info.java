/** Assets in a bucket of S3. */
@NullMarked
package io.lva.asset.s3;

import org.jspecify.annotations.NullMarked;
