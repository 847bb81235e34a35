#include "analyzer/knowledge/builtin/builtin_bytes.h"
#include "analyzer/knowledge/catalogue_codec.h"
#include "analyzer/knowledge/loader.h"

namespace logdiag {

Result<Catalogue> LoadBuiltIn() { return DecodeCatalogue(BuiltInBytes()); }

}  // namespace logdiag
