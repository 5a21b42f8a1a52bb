"""Who may reach which page: the whole product on one screen. A route that is not here fails the build.

The names are endpoints, `<blueprint>.<view>`. What someone may reach does not say what they see there: an object of
another organisation does not exist for them (404).
"""

from matchmaker.vocabulary import Role

EVERYONE = "everyone"
SIGNED_IN = "signed in"
STUDENT = frozenset({Role.STUDENT})
SCHOOL = frozenset({Role.LECTURER, Role.COORDINATOR})
COORDINATOR = frozenset({Role.COORDINATOR})
DESK = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})
MUNICIPALITY = DESK | {Role.COLLEAGUE}
PARTIES = SCHOOL | MUNICIPALITY | STUDENT
OVERVIEW = DESK | {Role.HR_PLANNER, Role.BOARD, Role.ORG_ADMIN}
ADMINISTRATORS = frozenset({Role.ORG_ADMIN, Role.PLATFORM_ADMIN})
KEEPERS = SCHOOL | {Role.ORG_ADMIN}
PLATFORM = frozenset({Role.PLATFORM_ADMIN})

Who = str | frozenset[Role]

PLACEMENT_PAGES = """
    add_item answer_signal begin call_off confirm_days decide_arrangement describe_product
    download_agreement download_attachment download_certificate drop_contact edit_arrangement finish follow
    give_evaluation
    mark_messages_read name_person note_contact plan_contact post_message raise_signal
    reopen_arrangement reply_to_evaluation settle_item show_after show_checklist show_evaluation show_placement
    show_product submit_arrangement unfollow withdraw_product write_day write_note
"""
POSTING = """
    advise_need advise_offer change_need_kind change_offer_kind close_need close_offer copy_need copy_offer
    edit_need edit_offer export_needs export_offers follow_needs_import follow_offers_import import_needs
    import_needs_template import_offers import_offers_template keep_need keep_offer list_needs list_offers
    measure_needs_import measure_offers_import post_need post_offer preview_need preview_needs_import preview_offer
    preview_offers_import publish_need publish_offer show_need show_offer withdraw_need withdraw_offer
"""

_GROUPS: tuple[tuple[str, Who, str], ...] = (
    ("", EVERYONE, "static"),
    ("operation", EVERYONE, "live ready show_metrics"),
    ("appointment_links", EVERYONE, """
        answer_appointment choose_as_visitor show_appointment
    """),
    ("session_links", EVERYONE, """
        download_before download_material edit_materials show_lesson take_away_material tell_of_lesson
    """),
    ("feeds", EVERYONE, """
        calendar_feed calendar_feed_plain calendar_for_program listings_for_program offers_feed organisation_feed
        organisation_feed_plain
    """),
    ("signing_links", EVERYONE, "download_to_sign show_to_sign sign_by_link"),
    ("agreements", PARTIES, """
        download_agreement list_agreements send_agreement show_agreement show_for_placement sign_agreement
        withdraw_agreement
    """),
    ("agreements", DESK | COORDINATOR, "amend_agreement sign_together"),
    ("agreements", COORDINATOR, """
        follow_making make_agreements measure_making preview_for_placement
    """),
    ("agreements", COORDINATOR | {Role.ORG_ADMIN}, "edit_template preview_draft preview_version publish_draft"),
    ("links", EVERYONE, """
        answer_question answer_received show_question
    """),
    ("public", EVERYONE, """
        ask_for_data confirm_data_request data_erased data_request_sent download_data show_data_request
        accept_as_visitor answer_desk ask_desk browse_needs browse_offers check_document choose_desk confirm
        count_search decline_as_visitor download_attachment feed_municipality feed_needs feed_offers
        list_municipalities list_schools needs_as_csv
        needs_as_xlsx offers_as_csv offers_as_xlsx report_need report_offer robots security_txt show_about
        show_accessibility show_competences
        show_contact show_counting show_help show_home show_matching show_municipality show_need show_offer
        download_algorithm download_processing download_retention show_algorithm show_processing
        show_privacy show_request show_school show_sent show_style_guide sitemap withdraw_as_visitor
    """),
    ("public", SIGNED_IN, "keep_listing keep_search"),
    ("account", EVERYONE, """
        accept_invitation ask_passkey ask_password begin_again choose_password choose_provider come_back confirm_address
        finish_sign_up_form give_code keep_address newcomer_written password_asked second_step_lost sign_in
        sign_in_with_passkey sign_up sign_up_by_provider sign_up_done sign_up_sent tie_by_letter
    """),
    ("account", SIGNED_IN, """
        ask_copy ask_to_correct carry_on create_token download_copy drop_app drop_passkey erase list_consents
        renew_codes show_my_data withdraw_consent
        add_passkey ask_new_address ask_new_passkey begin_app change_password change_role edit_mail end_session
        forget_listing forget_search list_saved make_feed revoke_feed
        revoke_token set_up_app show_profile show_second_step show_tokens sign_out start start_alert stop_alert
        tie_provider untie_provider
    """),
    ("student", STUDENT, """
        accept_place apply begin decline_place download_certificate download_file edit_wishes find_offers
        list_applications make_feed revoke_feed show_application show_round start_alert stop_alert
        withdraw_application
    """),
    ("school", SCHOOL, POSTING),
    ("school", COORDINATOR, """
        approve_application ask_places cancel_round download_certificate download_file edit_rules invite_cohort
        list_programmes list_rounds list_students measure_placements open_placements open_round refuse_application
        run_round show_application show_round
    """),
    ("municipality", MUNICIPALITY, POSTING),
    ("municipality", MUNICIPALITY, """
        answer_round download_file invite_applicant list_applicants list_rounds offer_place refuse_applicant
        show_applicant
    """),
    ("municipality", DESK, "edit_about"),
    ("desk", DESK, """
        answer_joint answer_series approve_listing ask_asker assign_match check_listing decide do_together edit_promise
        end_joint hide_finished leave_joint list_checks list_joint list_leave list_reports propose_joint queue
        refuse_match remove_leave route_match say_yes show_finished show_item take_match
    """),
    ("insights", OVERVIEW, "show_unmet"),
    ("insights", OVERVIEW | {Role.COORDINATOR}, "show_equal_chances"),
    ("together", SCHOOL | MUNICIPALITY, """
        ask calendar choose_date confirm_date download_attachment download_date download_material edit_details
        edit_materials finish_match list_lessons list_matches look_back take_away_material
        mark_thread_read post_message propose_dates refresh_candidates reopen_date show_candidates
        show_match subscribe subscribe_organisation unsubscribe unsubscribe_organisation withdraw_match
        reach_milestone show_assignment call_off_assignment download_result presentation_file
    """),
    ("together", SCHOOL, """
        accept_match ask_desk decline_match reply request_match
        add_group add_milestone begin_assignment edit_group edit_milestone edit_presentation hand_in_result
        remove_group remove_milestone start_assignment
    """),
    ("together", MUNICIPALITY, "answer_as_colleague decide_assignment offer_match pick_standby"),
    ("committees", SIGNED_IN, """
        answer_meeting download_meeting list_committees show_committee show_meeting
    """),
    ("committees", KEEPERS, """
        add_seat answer_advice cancel_meeting change_meeting settle_advice close_committee create_committee
        download_template export_committees import_committees preview_committees
        download_refused follow_import measure_import
        download_dossier download_sealed seal_dossier show_dossier
        edit_committee edit_seat give_advice hold_meeting invite_member plan_meeting remove_seat renew_term
        cut_term_short
        withdraw_invitation
    """),
    ("committees", SCHOOL, "post_seat"),
    ("committee_links", EVERYONE, """
        answer_meeting answer_seat seat_answered show_meeting show_seat
    """),
    ("placement_links", EVERYONE, PLACEMENT_PAGES),
    ("placements", SCHOOL | MUNICIPALITY | {Role.STUDENT}, PLACEMENT_PAGES),
    ("placements", SCHOOL | MUNICIPALITY | {Role.STUDENT}, "list_placements"),
    ("placements", DESK, """
        add_standard_check drop_recognition drop_standard_check keep_recognition show_municipal
    """),
    ("placements", DESK | {Role.COORDINATOR}, "export_evaluations export_placements"),
    ("placements", frozenset({Role.COORDINATOR}), "name_student"),
    ("together", SCHOOL, "accept_match ask_desk decline_match repeat_lesson reply request_match"),
    ("together", MUNICIPALITY, "answer_as_colleague offer_match pick_standby"),
    ("placements", frozenset({Role.COORDINATOR}), """
        download_evaluations_example download_example import_evaluations import_placements
        preview_evaluations preview_import
    """),
    ("admin", ADMINISTRATORS, """
        answer_data_request list_data_requests
        download_rights_review review_rights show_rights_review take_away_second_step
        add_faculty add_programme add_team confirm_sign_up edit_desk edit_domains edit_faculty edit_organisation
        edit_provider remove_provider switch_off_provider switch_on_provider try_provider
        edit_programme edit_team end_role hand_over invite_again invite_person list_parts list_people
        refuse_sign_up remove_domain remove_faculty remove_programme remove_team revoke_invitation show_person
    """),
    ("admin", PLATFORM, """
        close_account close_organisation create_organisation decide_link edit_link edit_region join_region leave_region
        download_columns lay_hold lift_hold list_cleanings show_columns
        download_certificate list_events list_jobs list_letters list_organisations list_replies list_rounds open_desk
        preview_weights remove_municipality reopen_account
        reopen_organisation show_crosswalk show_letter show_letter_html show_weights try_job try_letter try_reply
    """),
)  # fmt: skip

RIGHTS: dict[str, Who] = {
    f"{blueprint}.{view}" if blueprint else view: who for blueprint, who, views in _GROUPS for view in views.split()
}
