// SPDX-License-Identifier: Apache-2.0
// A Catalogue as bytes, made to be read quickly by the same build that wrote
// it. Not a format to keep: it carries no versions.
#ifndef LOGDIAG_KNOWLEDGE_CATALOGUE_CODEC_H_
#define LOGDIAG_KNOWLEDGE_CATALOGUE_CODEC_H_

#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/result.h"

namespace logdiag {

std::string EncodeCatalogue(const Catalogue& catalogue);

// The catalogue that was encoded; an Error for bytes that were cut or changed.
// Its texts stand in `bytes`, which must outlive it and every copy of it.
Result<Catalogue> DecodeCatalogue(std::string_view bytes);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_CATALOGUE_CODEC_H_
