#ifndef WENSHU_CWORKBOOK_H
#define WENSHU_CWORKBOOK_H

// zlib and expat, which unpack workbooks and read the XML in them. Nothing here knows what Wenshu is; only the files
// `ZipArchive.swift` and `XMLReading.swift` call it.
#include <expat.h>
#include <zlib.h>

/// Prepares to inflate data without a header, as zip archives hold it. A zlib code; zlib's own is a macro.
int wenshu_inflate_raw(z_stream *stream);

#endif
