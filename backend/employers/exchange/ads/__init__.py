"""Job ads as Arbetsförmedlingen's JobSearch gives them (JobTech): out of openings, and into drafts.

Paid jobs alone. Nothing here can write an internship, and nothing that it reads becomes one.
"""

from backend.employers.exchange.ads.importing import MOST_ADS, import_ads
from backend.employers.exchange.ads.reading import ads_in
from backend.employers.exchange.ads.writing import NotAJob, ad_of, answer_of, jobs_as_ads

__all__ = ["MOST_ADS", "NotAJob", "ad_of", "ads_in", "answer_of", "import_ads", "jobs_as_ads"]
